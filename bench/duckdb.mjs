// The same answers from DuckDB: `node duckdb.mjs FILE` computes every section of `sbyt analyze --json FILE` with two
// threads, in the cheapest way its SQL knows, and prints them as JSON.
//
// The file has the columns date,document,client,product,amount of make_sales.
import { DuckDBInstance } from "@duckdb/node-api";

const file = process.argv[2];
const base = await DuckDBInstance.create(":memory:", {
  threads: "2",
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
});
const db = await base.connect();

async function rows(sql) {
  return (await db.runAndReadAll(sql)).getRowObjects();
}

const number = (v) => Number(v);
const share = (part, whole) => (whole ? (100 * part) / whole : 0);
const money = (cents) => {
  const minus = cents < 0n,
    v = minus ? -cents : cents;
  return `${minus ? "-" : ""}${v / 100n}.${String(v % 100n).padStart(2, "0")}`;
};

// One pass over the lines: what is left is a client's document and day.  `seq` keeps the order of first appearance.
await db.run(`
  create temp table line as
  select date, document, client, product, (amount * 100)::bigint amount
  from read_csv('${file}', header = true, columns = {date: 'date', document: 'bigint', client: 'bigint',
    product: 'bigint', amount: 'decimal(18,2)'})`);
await db.run(`
  create temp table sale as
  select client, document, date, amount < 0 back, sum(amount)::bigint amount, min(rowid) seq
  from line group by all`);
await db.run(`
  create temp table client as
  select client, min(seq) seq, sum(amount)::bigint money, count(distinct document) filter (not back) as documents,
         count(distinct date) filter (not back) as days, min(date) filter (not back) as first, max(date)
           filter (not back) as last
  from sale group by client`);
await db.run(`
  create temp table month as
  select client, date_trunc('month', date) as month, sum(amount)::bigint money, bool_or(not back) bought
  from sale group by all`);

const [total] = await rows(`
  select (select count(*) from line) lines, (select sum(money)::bigint from client) revenue, (select count(*)
    from client) clients,
         (select count(distinct document) from sale where not back) documents, (select count(distinct product)
           from line) products,
         (select min(date) from line) as "from", (select max(date) from line) as "to", (select max(date) + 1
           from line)::date as_of`);

// Classes of anything that has money: the crossing item goes up.
const classed = (items) => `
  select *, case when money <= 0 then 'C' when ahead * 100 < 80 * positive then 'A'
    when ahead * 100 < 95 * positive then 'B' else 'C' end abc
  from (select *, sum(greatest(money, 0)) over (order by money desc, seq rows between unbounded preceding
    and current row) - greatest(money, 0) as ahead,
               sum(greatest(money, 0)) over () positive, row_number() over (order by money desc, seq) place,
                 count(*) over () n
        from ${items})`;
await db.run(`create temp table abc as ${classed("client")}`);

// Whole months only; a month without purchases is 0.
await db.run(`
  create temp table xyz as
  with bounds as (select min(date) f, max(date) t from line),
       whole as (select case when f = date_trunc('month', f) then f else date_trunc('month',
         f) + interval 1 month end f,
                        case when t = last_day(t) then t else date_trunc('month', t) - interval 1 day end t
                          from bounds),
       span as (select f, t, (date_diff('month', f, t) + 1)::bigint n from whole),
       used as (select client, n, sum(money) total, sum(money::hugeint * money) squares, max(money) best,
         bool_or(bought) bought, count(*) filled
                from month, span where month >= f and month <= t group by all)
  select client, n,
         case when total <= 0 then 'Z' when (n * squares - total * total) * 10000 <= 100 * total * total then 'X'
              when (n * squares - total * total) * 10000 <= 625 * total * total then 'Y' else 'Z' end xyz,
         greatest(best, case when filled < n then 0
           else best end) - (sign(total) * ((2 * abs(total) + n) // (2 * n)))::bigint reserve
  from used where bought`);

await db.run(`
  create temp table status as
  with usual as (select coalesce(median(rhythm), 30) usual from (select (last - first) / (days - 1) rhythm
    from client where days >= 2)),
       seen as (select client, money, days, last, (select max(date) + 1 from line) - last t,
                       case when days >= 2 then (last - first) / (days - 1) else usual end as p from client, usual)
  select client, money, last,
         case when days = 0 then 'potential' when days = 1 and t <= 30 then 'new' when t <= p then 'active'
           when t <= 2 * p then 'slipping'
              when t <= 3 * p then 'at_risk' else 'lost' end status
  from seen`);

await db.run(`
  create temp table rfm as
  with seen as (select client, money, documents f, (select max(date) + 1 from line) - last r from client
    where documents > 0),
       cuts as (select quantile_cont(r, [.2, .4, .6, .8]) r, quantile_cont(f, [.2, .4, .6, .8]) f, quantile_cont(money,
         [.2, .4, .6, .8]) m from seen)
  select s.money, 5 - len(list_filter(c.r, lambda x: s.r > x)) r, 1 + len(list_filter(c.f, lambda x: s.f > x)) f,
         1 + len(list_filter(c.m, lambda x: s.money > x)) m
  from seen s, cuts c`);

function classes(found, name, revenue, positive) {
  const n = found.reduce((sum, c) => sum + number(c.n), 0);
  return {
    cuts: [80, 95],
    classes: ["A", "B", "C"].map((abc) => {
      const c = found.find((x) => x.abc === abc) ?? { n: 0n, money: 0n };
      return {
        class: abc,
        [name]: number(c.n),
        [`${name}_share`]: share(number(c.n), n),
        revenue: money(c.money),
        revenue_share: share(number(c.money), positive),
      };
    }),
  };
}

const clientsAbc = await rows(
  "select abc, count(*) n, sum(money)::bigint money, any_value(positive)::bigint positive from abc group by abc",
);
const productsAbc = await rows(`
  select abc, count(*) n, sum(money)::bigint money, any_value(positive)::bigint positive
  from (${classed("(select product, sum(amount)::bigint money, min(rowid) seq from line group by product)")})
    group by abc`);
const positive = number(clientsAbc[0].positive);
const [top] = await rows(`
  select sum(greatest(money, 0)) filter (place <= ceil(n * 0.2))::bigint fifth, sum(greatest(money, 0))
    filter (place <= 10)::bigint ten,
         max(money) filter (place = 1)::bigint one, max(client) filter (place = 1) as largest,
         sum((100.0 * money / positive) ** 2) filter (money > 0) hhi from abc`);
const [gini] = await rows(`
  select (2 * sum(i * money) - (max(n) + 1) * sum(money)) / (max(n) * sum(money)) gini
  from (select money::double money, row_number() over (order by money) i, count(*) over () n from client
    where money > 0)`);
const xyz = await rows(
  "select xyz, count(*) n, sum(money)::bigint money from xyz join client using (client) group by xyz",
);
const cells = await rows(
  `select abc, xyz, count(*) n, sum(money)::bigint money, sum(reserve)::bigint reserve
     from xyz join abc using (client) group by all`,
);
const [{ n: months }] = await rows("select any_value(n) n from xyz");
const rfm = await rows(
  "select r, f, m, count(*) n, sum(money)::bigint money from rfm group by all order by r desc, f desc, m desc",
);
const status = await rows(
  "select status, count(*) n, sum(money)::bigint money from status group by all",
);
const byMonth = await rows(`
  with m as (select date_trunc('month', date) as month, sum(amount)::bigint money, count(distinct document)
    filter (not back) as documents,
                    count(distinct client) filter (not back) as clients from sale group by all),
       c as (select date_trunc('month', first) as month, count(*) n from client where days > 0 group by all),
       g as (select date_trunc('month', last) as month, count(*) n from status where status = 'lost' group by all)
  select strftime(m.month, '%Y-%m') as "month", money, documents, clients, coalesce(c.n, 0) as "new", coalesce(g.n,
    0) lost
  from m left join c using (month) left join g using (month) order by m.month`);

const group = (list, key, name) => {
  const c = list.find(key) ?? { n: 0n, money: 0n };
  return { ...name, clients: number(c.n), revenue: money(c.money) };
};
const answer = {
  source: { rows: number(total.lines), used: number(total.lines), skipped: [] },
  period: {
    from: String(total.from),
    to: String(total.to),
    as_of: String(total.as_of),
  },
  total: {
    revenue: money(total.revenue),
    clients: number(total.clients),
    documents: number(total.documents),
    lines: number(total.lines),
    products: number(total.products),
  },
  abc: classes(clientsAbc, "clients", number(total.revenue), positive),
  products_abc: classes(
    productsAbc,
    "products",
    number(total.revenue),
    number(productsAbc[0].positive),
  ),
  pareto: { top_20_percent_revenue_share: share(number(top.fifth), positive) },
  xyz: {
    cuts: [10, 25],
    months: number(months),
    classes: ["X", "Y", "Z"].map((c) =>
      group(xyz, (x) => x.xyz === c, { class: c }),
    ),
  },
  abc_xyz: ["A", "B", "C"].flatMap((a) =>
    ["X", "Y", "Z"].map((c) => ({
      ...group(cells, (x) => x.abc === a && x.xyz === c, { abc: a, xyz: c }),
      reserve: money(
        cells.find((x) => x.abc === a && x.xyz === c)?.reserve ?? 0n,
      ),
    })),
  ),
  rfm: {
    cells: rfm.map((x) => ({
      r: number(x.r),
      f: number(x.f),
      m: number(x.m),
      clients: number(x.n),
      revenue: money(x.money),
    })),
  },
  status: ["active", "new", "slipping", "at_risk", "lost", "potential"].map(
    (s) => group(status, (x) => x.status === s, { status: s }),
  ),
  concentration: {
    top1_client: String(top.largest),
    top1_share: share(number(top.one), positive),
    top10_share: share(number(top.ten), positive),
    hhi: top.hhi,
    gini: gini.gini,
  },
  months: byMonth.map((m) => ({
    month: m.month,
    revenue: money(m.money),
    documents: number(m.documents),
    clients: number(m.clients),
    new: number(m.new),
    lost: number(m.lost),
  })),
};

console.log(JSON.stringify(answer));
