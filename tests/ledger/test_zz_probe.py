import pytest
from datetime import date
from django.db import IntegrityError, connection, transaction
from tests import make, cast
from tests.rules.rows import *
from husrom.ledger import actions, queries
from husrom.ledger.models import *
from husrom.ledger.statements import Said
from husrom.rules.statements import State
from husrom.rules.counting import Measure
pytestmark=[pytest.mark.django_db, pytest.mark.both_databases]
def d(s): return date.fromisoformat(s)
def ask(on,known=None,**k):
    return [(f.series.rule.minors.value,f.number.value,f.number.derived,f.number.state.value) for f in queries.figures(area='0220',year=2016,in_force_on=d(on),known_on=d(known or '2026-11-24'),**k)]
@pytest.fixture(autouse=True)
def a(): make.asker()

def test_audience():
    make.recorded(make.act("2015-09-30"), make.level(TOTAL,75))
    make.recorded(make.act("2015-10-30"), make.change(TOTAL,5,audience="staff"))
    make.recorded(make.act("2015-12-30"), make.change(TOTAL,60))
    print('public', ask('2015-11-15'), ask('2015-12-31'))
    print('staff', ask('2015-11-15',audiences=frozenset({'public','staff'})), ask('2015-12-31',audiences=frozenset({'public','staff'})))

def test_two_audiences_same_rule():
    for pair in ((75,'public'),(80,'staff')),((80,'staff'),(75,'public')):
        with transaction.atomic():
            make.recorded(make.act("2015-09-30"), *[make.level(TOTAL,v,audience=a) for v,a in pair])
            print(pair, ask('2015-11-15',audiences=frozenset({'public','staff'})))
            transaction.set_rollback(True)

def test_unretract_after_rerecord():
    a=make.recorded(make.act("2015-09-30"), make.level(TOTAL,75), make.level(MINORS,10))
    f=Fact.objects.filter(value=75).get()
    r=actions.retract_fact(wrong=f,reason="x",by=cast.economist(),at=make.NOW,known_on=d('2016-01-01'))
    with actions.ledger_held():
        actions.add_fact(act=a,fact=make.level(TOTAL,76),by=cast.economist(),at=make.NOW,known_on=d('2016-02-01'),imported=None)
    actions.correct_fact(wrong=r,said=Said(State.STATED,75),by=cast.economist(),at=make.NOW,known_on=d('2016-03-01'))
    print('both', ask('2016-06-01'))

def test_key_freed_before_retraction_known():
    a=make.recorded(make.act("2015-09-30"), make.level(TOTAL,75), make.level(MINORS,10))
    f=Fact.objects.filter(value=75).get()
    actions.retract_fact(wrong=f,reason="x",by=cast.economist(),at=make.NOW,known_on=d('2016-05-01'))
    with actions.ledger_held():
        actions.add_fact(act=a,fact=make.level(TOTAL,76),by=cast.economist(),at=make.NOW,known_on=d('2016-01-01'),imported=None)
    print('march', ask('2016-03-01','2016-03-01'), 'dec', ask('2015-12-01','2015-12-01'), ask('2016-06-01'))

def test_replace_into():
    a=make.recorded(make.act("2015-09-30"), make.level(TOTAL,75))
    cols=[f.column for f in Act._meta.fields]
    q=connection.ops.quote_name
    with connection.cursor() as c:
        if connection.vendor!='sqlite': return
        c.execute(f"INSERT OR REPLACE INTO ledger_act ({','.join(map(q,cols))}) SELECT {','.join('%s' % (q(x) if x!='body' else chr(39)+'Forged'+chr(39)) for x in cols)} FROM ledger_act")
    print(Act.objects.values_list('id','body'))
    f=Fact.objects.get()
    fc=[x.column for x in Fact._meta.fields]
    f1=actions.correct_fact(wrong=f,said=Said(State.STATED,76),by=cast.economist(),at=make.NOW,known_on=d('2016-03-01'))
    with connection.cursor() as c:
        c.execute(f"INSERT OR REPLACE INTO ledger_fact ({','.join(q(x) for x in fc)}) SELECT {','.join({'value':'999','id':'%d'%(f1.pk+5)}.get(x,q(x)) for x in fc)} FROM ledger_fact where id={f1.pk}")
    print(Fact.objects.values_list('id','value','corrects_id'))

def test_year_whole_unknown():
    from husrom.rules.periods import Period
    P=Period(d('2016-01-01'),d('2016-11-14'))
    k=dict(measure='settled',publisher='imdi')
    make.recorded(make.act("2016-11-14",publisher='imdi'), make.level(TOTAL,60,period=P,**k))
    make.recorded(make.act("2017-01-14",publisher='imdi'), make.level(TOTAL,state='unknown',**k))
    print('whole unknown', ask('2017-11-15'))

def test_side_series_by_period():
    from husrom.rules.periods import Period
    k=dict(measure='accommodation_decided')
    make.recorded(make.act("2016-01-14"), make.level(TOTAL,60,period=Period(d('2016-01-01'),d('2016-10-01')),**k))
    make.recorded(make.act("2016-02-14"), make.level(MINORS,6,period=Period(d('2016-03-01'),d('2016-07-01')),**k))
    print('sides', ask('2017-11-15'))

def test_sum_with_high():
    for area,v,h in (('asker-til-2019',10,None),('royken',20,60),('hurum',30,None)):
        make.recorded(make.act("2015-11-14",publisher='imdi',area=area), make.level(TOTAL,v,high=h,measure='request',publisher='imdi',area=area))
    print([(f.area_name,f.number.value) for f in queries.figures(area='3203',year=2016,in_force_on=d('2016-01-01'),known_on=d('2016-01-01'))])
def test_source_of_derived():
    from husrom.ledger.statements import NewSource
    a,b=make.decisions_of_2016()
    wrong=NewSource('ssb','Wrong paper','dataset')
    with actions.ledger_held():
        pass
    c=make.recorded(make.act("2016-02-01"), make.level(UNDER_15,3,source=wrong), make.change(TOTAL,5))
    f=Fact.objects.get(value=3)
    actions.retract_fact(wrong=f,reason="x",by=cast.economist(),at=make.NOW,known_on=d('2016-03-01'))
    print([(x.series.rule.minors.value,x.number.value,x.source.title) for x in queries.figures(area='0220',year=2016,in_force_on=d('2016-04-01'),known_on=d('2016-04-01'))])
