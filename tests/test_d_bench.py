import sys,time; sys.path[:0]=["/work/main/tests"]
exec(open("/tmp/w/d_bench.py").read().split("home=pathlib")[0])
from flows.lineage_questions import impact_of, origins_of_model, untried, who_uses
from builders import *
import statistics
def timed(f,n=20):
    ts=[]
    for _ in range(n):
        t=time.perf_counter(); r=f(); ts.append(time.perf_counter()-t)
    ts.sort(); return f"p50 {ts[n//2]*1000:.0f} ms p95 {ts[int(n*.95)-1]*1000:.0f} ms", r
def test_bench(store, place):
    out=open("/tmp/w/d_bench_out.txt","a"); P=lambda *a: print(place.url.split(":")[0],*a,file=out,flush=True)
    t=time.time(); bridge(store,operator="x"); P("bridge empty",round((time.time()-t)*1000,1),"ms")
    t=time.time(); write_lineage(store,Lineage(source=LineageSource(id="source:m",kind="mlflow"),runs=tuple(runs),dataset_versions=tuple(ds),model_versions=tuple(ms))); P("write",time.time()-t)
    for k in range(3):
        t=time.time(); r=bridge(store,operator="x"); P("bridge",r,round(time.time()-t,2))
    q,r=timed(lambda: impact_of(store,"SQuAD")); P("impact SQuAD",len(r.affected),q)
    q,r=timed(lambda: impact_of(store,"mixup"),5); P("impact mixup",len(r.affected),q)
    q,r=timed(lambda: origins_of_model(store,"churn2")); P("origins",len(r.origins),q)
    q,r=timed(lambda: untried(store,limit=10),5); P("untried",q)
