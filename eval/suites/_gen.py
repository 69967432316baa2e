import re, json, sys
from decimal import Decimal as D, ROUND_HALF_UP
from collections import Counter
RAW=open('/work/shared/seed/jianghan-2021.txt',encoding='utf-8').read()
LINES=RAW.split('\n')
JOIN=re.sub(r'\s+','',RAW)
NUMS={D(x.replace(',','')) for x in re.findall(r'\d[\d,]*(?:\.\d+)?',RAW) if re.sub(',','',x)}
# full-text again with whitespace removed (numbers broken over lines)
NUMS|={D(x.replace(',','')) for x in re.findall(r'\d[\d,]*(?:\.\d+)?',JOIN)}
CONST={D(100),D(10000),D(100000000)}
def part(a,b): 
    s=JOIN.index(a); return JOIN[s:JOIN.index(b,s)]
def strip_lines(a,b): return [l.strip() for l in LINES[a-1:b]]
COUNTS={
 'projects':len({m for m in re.findall(r'项目(\d)：',JOIN)}),
 'duties':len([l for l in strip_lines(5,66) if re.match(r'\d+、',l)]),
 'terms':len([l for l in strip_lines(252,322) if re.match(r'（[一二三四五六七八九十]+）',l)]),
 'goods':len([l for l in strip_lines(700,756) if re.match(r'302\d\d ',l)]),
 'wages':len([l for l in strip_lines(700,756) if re.match(r'301\d\d ',l)]),
 'procs':len([l for l in LINES if l.strip().startswith('服务类 印刷和出版服务')]),
 'forms':len([l for l in LINES if l.strip()=='项目基本信息表']),
 'tables':len(set(re.findall(r'(?m)^ ?公开表(\d)\s*$',RAW))),
}
NAMED={}
def calc(expr):
    lits=re.findall(r'\d+(?:\.\d+)?',expr)
    for x in lits:
        if D(x) not in NUMS and D(x) not in CONST: raise SystemExit(f'literal {x} of {expr} not in document')
    return eval(re.sub(r'(\d+(?:\.\d+)?)',r"D('\1')",expr))
def val(s):
    if s.startswith('='):
        e,u=s[1:].split('|'); v=calc(e)
        if u in('%','倍'): v=v.quantize(D('0.01'),ROUND_HALF_UP)
        elif v!=v.quantize(D('0.000001')): v=v.quantize(D('0.01'),ROUND_HALF_UP)
    elif s.startswith('?'):
        k,u=s[1:].split('|'); v=D(COUNTS[k])
    else:
        m=re.match(r'(\d+(?:\.\d+)?)(.+)$',s); v=D(m[1]);u=m[2]
        if v not in NUMS: raise SystemExit(f'{s} not in document')
    f=float(v); f=int(f) if f==int(f) else f
    assert D(str(f))==v,(s,v)
    return {"value":f,"unit":u}
CASES=[];CNT=Counter()
def c(cat,q,vals,text,ev,st='answered',cf=False,h=(),forbid=(),note=''):
    CNT[cat]+=1
    d=[s for s in vals if s[0] in '=?']
    CASES.append(dict(id=f'{cat}-{CNT[cat]:03d}',document='jianghan-2021',category=cat,history=list(h),question=q,
      expect=dict(values=[val(s) for s in vals],text=[t if isinstance(t,list) else [t] for t in text],forbid=list(forbid),status=st,conflict=cf),
      evidence=ev,note=note))
A='abstained'
DOWN=["减少","下降","降低","减","降","少"]
UP=["增加","增长","上升","提高","多","高"]
FLAT=["持平","没有变化","无变化","不变","未变","没变","相同","一样","一致"]
NONE=["没有","无","未安排","未使用","不存在"]
BLANK=["空","未填","没有","无","未列","未安排","未印"]
exec(open('_cases.py',encoding='utf-8').read())
# ---------- validation
VALID="lookup yoy share rank aggregate compare list count reason definition text project performance procurement multi_hop unit conflict scope clarify unanswerable followup noisy".split()
assert len({x['id'] for x in CASES})==len(CASES)
assert set(CNT)==set(VALID),set(VALID)^set(CNT)
assert all(8<=n<=20 for n in CNT.values()),CNT
assert len(CASES)==240,len(CASES)
qs=Counter((x['question'],tuple(x['history'])) for x in CASES); assert max(qs.values())==1,[q for q in qs if qs[q]>1]
names=set(re.findall(r'(?:2\d\d|30[1-3]\d\d|\d{7})\s*([\u4e00-\u9fff（）]+)',RAW))|set("督查工作 扶贫开发工作 扶贫开发 调查研究 专项工作 总值班室工作 总值班室 聘用人员工作经费 不可预见费 公务接待费 接待费 三公经费 基本支出 项目支出 人员经费 公用经费 总预算 政府采购 公务用车运行维护费 公车运行维护费 一般公共服务 社会保障和就业 卫生健康 住房保障 扶贫 督查 调研".split())
nm=sorted(names,key=len,reverse=True)
def skel(q):
    for n in nm: q=q.replace(n,'X')
    return re.sub(r'[\d.]+','N',re.sub(r'[\s，。？！?!,、“”（）()]','',q))
sk=Counter(skel(x['question']) for x in CASES)
assert max(sk.values())<=3
print('skeletons repeated:',[s for s in sk.items() if s[1]>1])
for x in CASES:
    if x['category'] in('text','reason','list','definition','project','performance','procurement','followup') and x['expect']['status']=='answered':
        for g in x['expect']['text']:
            if not any(re.sub(r'\s','',k) in JOIN for k in g): print('WARN keyword not verbatim',x['id'],g)
    # evidence numbers
    for n in re.findall(r'\d+(?:\.\d+)?',x['evidence']):
        if D(n) not in NUMS and D(n) not in {D(str(v['value'])) for v in x['expect']['values']}: print('EVNUM',x['id'],n,x['evidence'])
    if x['expect']['status']!='answered': assert not x['expect']['values'] and not x['expect']['conflict']
    if x['expect']['status']=='answered': assert x['expect']['values'] or x['expect']['text'],x['id']
    if x['category']=='followup': assert 1<=len(x['history'])<=3
with open('jianghan-2021.dev.jsonl','w',encoding='utf-8') as f:
    for x in CASES: f.write(json.dumps(x,ensure_ascii=False)+'\n')
for l in open('jianghan-2021.dev.jsonl',encoding='utf-8'):
    o=json.loads(l); assert set(o)==set('id document category history question expect evidence note'.split()) and set(o['expect'])==set('values text forbid status conflict'.split())
print(COUNTS); print(dict(CNT)); print(Counter(x['expect']['status'] for x in CASES), 'conflict',sum(x['expect']['conflict'] for x in CASES))
if '-v' in sys.argv:
    for x in CASES: print(x['id'],'|',' » '.join(x['history']+[x['question']]),'|',[(v['value'],v['unit']) for v in x['expect']['values']],x['expect']['text'],x['expect']['status'][0],'C' if x['expect']['conflict'] else '')
