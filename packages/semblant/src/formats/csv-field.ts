/** A field of a comma-separated line as RFC 4180 has it: quoted where a comma, quote or line end stands in it. */
export const csvField = (field: string): string => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
