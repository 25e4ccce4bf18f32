const RFC_3339 =
  /^([12]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
/** As Unix seconds this is the year 5138, as milliseconds 1973: it tells the two apart. */
const FIRST_MILLISECONDS = 1e11;
/** The end of the year 9999, up to which ISO 8601 texts sort as the times do. */
const END_OF_TIME = 253402300800000;

/** Whether a text is a time of RFC 3339 on a day that exists; a leap second is none that JavaScript knows. */
export function isRfc3339(text: string): boolean {
  const match = RFC_3339.exec(text);
  return match !== null && Number(match[3]) <= new Date(Date.UTC(Number(match[1]), Number(match[2]), 0)).getUTCDate();
}

/** Reads a time as providers write it: RFC 3339, or Unix seconds or milliseconds as a number or its digits. */
export function parseEventTime(value: unknown): Date | undefined {
  if (typeof value === 'string' && isRfc3339(value)) {
    return new Date(value);
  }
  const unix = typeof value === 'string' && /^\d{1,15}(?:\.\d{1,9})?$/.test(value) ? Number(value) : value;
  if (typeof unix !== 'number') {
    return undefined;
  }
  const milliseconds = unix < FIRST_MILLISECONDS ? unix * 1000 : unix;
  return milliseconds >= 0 && milliseconds < END_OF_TIME ? new Date(milliseconds) : undefined;
}
