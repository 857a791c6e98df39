import sys,time
from pathlib import Path
from graph import bridge_statements as bs
exec(Path("/tmp/w/d_bench.py").read_text().split("home=pathlib")[0])
def test_bench(neo4j_place):
    import cProfile,pstats,io
    with open("/tmp/w/d_bench_out2.txt","w") as out, neo4j_place.open() as store:
        P=lambda *a: print(*a,file=out,flush=True)
        write_lineage(store,Lineage(source=LineageSource(id="source:m",kind="mlflow"),runs=tuple(runs),dataset_versions=tuple(ds),model_versions=tuple(ms)))
        t=time.time(); bridge(store,operator="x"); P("first",time.time()-t)
        for k in range(2):
            for name,c in {"ds":bs.DATASET_VERSIONS,"ms":bs.MODEL_VERSIONS,"makers":bs.MAKERS,"bases":bs.BASES,"runs":bs.RUNS,**{"links "+k:v for k,v in bs.LINKS.items()}}.items():
                t=time.time(); r=store.read(c); P(name,len(r),round(time.time()-t,2))
        pr=cProfile.Profile(); pr.enable(); bridge(store,operator="x"); pr.disable()
        s=io.StringIO(); pstats.Stats(pr,stream=s).sort_stats("cumtime").print_stats(25); P(s.getvalue())
