const show = () => requestAnimationFrame(() => {
  const cited = element.querySelector("td.cited, mark.cited");
  const frame = cited && cited.closest(".table-scroll, .passage");
  if (!frame) return;
  const cell = cited.getBoundingClientRect(), view = frame.getBoundingClientRect();
  frame.scrollTop += cell.top - view.top - (view.height - cell.height) / 2;
  frame.scrollLeft += cell.left - view.left - (view.width - cell.width) / 2;
});
watch("value", show);
show();
