// Bring the cited place into view inside its own frame; the page itself stays where the reader left it.
const show = () => requestAnimationFrame(() => {
  const cited = element.querySelector("td.cited, mark.cited");
  const frame = cited && cited.closest(".table-scroll, .passage");
  if (!frame) return;
  const cell = cited.getBoundingClientRect(), view = frame.getBoundingClientRect();
  frame.scrollTop += cell.top - view.top - (view.height - cell.height) / 2;
  if (cell.right > view.right) frame.scrollLeft += cell.right - view.right + 24;
});
watch("value", show);
show();
