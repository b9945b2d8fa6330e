/** Words that the engine reserves: a name that is one of them is quoted. */
export const reservedWords = words(
  "all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create " +
    "default deferrable desc describe distinct do else end except false fetch for foreign from group having in " +
    "initially intersect into lambda lateral leading limit not null offset on only or order pivot pivot_longer " +
    "pivot_wider placing primary qualify references returning select show some summarize symmetric table then to " +
    "trailing true union unique unpivot using variadic when where window with " +
    "anti asof between by collation cross freeze full generated glob ilike inner is isnull join left like map " +
    "natural notnull outer overlaps positional right semi similar struct tablesample try_cast unpack verbose",
);

/** Words of a statement that reads which are none of its names. */
export const keywords = words(
  "all and any anti as asc asof between both by case cast collate columns cross cube current desc describe " +
    "distinct else end except exclude exists extract false fetch filter first following for from full glob " +
    "group grouping groups having ignore ilike in include inner intersect is isnull join last lateral leading " +
    "left like limit materialized name natural not notnull null nulls offset on or order ordinality others outer " +
    "over partition percent pivot positional preceding qualify range recursive rename replace respect right " +
    "rollup row rows sample select semi sets show similar some summarize symmetric table tablesample then ties " +
    "to trailing true try_cast unbounded union unpivot using values when where window with within",
);

/** Names of types as they are written in casts. */
export const typeWords = words(
  "bigint blob bool boolean bytea char date datetime dec decimal double enum float float4 float8 hugeint " +
    "int int1 int2 int4 int8 integer interval list long map numeric real short signed smallint string struct " +
    "text time timestamp timestamptz tinyint ubigint uinteger usmallint utinyint uuid varchar",
);

function words(list: string): readonly string[] {
  return list.split(" ");
}
