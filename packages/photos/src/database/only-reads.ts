const begins = /^\s*(?:SELECT|VALUES|TABLE|SHOW|EXPLAIN|WITH)\b/i;
/** A row that is locked counts, and so does what a function keeps. */
const writes = /\b(?:INSERT|UPDATE|DELETE|MERGE|INTO|FOR\s+(?:NO|SHARE|KEY)|nextval|setval|set_config|pg_notify|pg_\w*advisory\w*)\b/i;
const alone = /\b(?:VACUUM|CONCURRENTLY|CREATE\s+DATABASE|DROP\s+DATABASE|CHECKPOINT)\b/i;

/** Whether a statement changes nothing, so that it may be asked twice. Where that is not plain it is said to write. */
export const onlyReads = (sql: string): boolean => begins.test(sql) && !writes.test(sql);

/** Whether a script holds what a server runs in no transaction. */
export const standsAlone = (sql: string): boolean => alone.test(sql);
