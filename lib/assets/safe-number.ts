/**
 * A bigint of the database as a JSON number. Byte counts and item counts stay below 2^53: S3 holds 50 TB an object (s3-facts 2.2).
 * @throws RangeError when it does not fit, rather than showing a rounded figure
 */
export function safeNumber(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${value} does not fit into a JSON number`);
  return number;
}
