/**
 * Readers for untrusted data: each returns a fresh, typed value or throws `ProtocolError` naming the path of the fault.
 * They copy only fields they know, never recurse into unknown ones and visit each value once.
 */

/** Untrusted data did not have the promised form. `path` says where, in JavaScript notation. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  /**
   * @param path where the fault is, for example `messages[3].seq`
   * @param expected what should have stood there
   */
  constructor(
    /** Where the fault is, in JavaScript notation; empty for the frame as a whole. */
    readonly path: string,
    expected: string,
  ) {
    super(`${path || 'frame'}: expected ${expected}`);
  }
}

/** Turns an untrusted value into a `T` or throws `ProtocolError`. */
export type Reader<T> = (value: unknown, path: string) => T;

/** The names of a record type's readers: required fields as they are, optional ones through `optional`. */
export type Shape<T> = { readonly [K in keyof T]-?: Reader<T[K]> };

/** @throws {ProtocolError} unless the value is a string */
export const string: Reader<string> = (value, path) => {
  if (typeof value !== 'string') throw new ProtocolError(path, 'a string');
  return value;
};

/** @throws {ProtocolError} unless the value is a string with at least one character */
export const id: Reader<string> = (value, path) => {
  if (typeof value !== 'string' || value === '') throw new ProtocolError(path, 'a non-empty string');
  return value;
};

/** @throws {ProtocolError} unless the value is true or false */
export const boolean: Reader<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw new ProtocolError(path, 'true or false');
  return value;
};

/** @throws {ProtocolError} unless the value is a whole number from `min` up to the largest safe integer */
export const integer =
  (min = 0): Reader<number> =>
  (value, path) => {
    if (!Number.isSafeInteger(value) || (value as number) < min) {
      throw new ProtocolError(path, `a whole number from ${min}`);
    }
    return value as number;
  };

/** A whole number, brought into bounds: a server that asks for too much or too little is understood all the same. */
export const clamped =
  (min: number, max: number): Reader<number> =>
  (value, path) =>
    Math.min(Math.max(integer()(value, path), min), max);

/** @throws {ProtocolError} unless the value is one of the given strings */
export const oneOf =
  <T extends string>(...values: readonly T[]): Reader<T> =>
  (value, path) => {
    if (!values.includes(value as T)) throw new ProtocolError(path, `one of ${values.join(', ')}`);
    return value as T;
  };

/** Longest date text that is looked at: full ISO 8601 with nanoseconds and offset takes 35. */
const MAX_DATE_LENGTH = 40;

/** @throws {ProtocolError} unless the value is a date and time that `Date` understands */
export const dateTime: Reader<string> = (value, path) => {
  if (typeof value !== 'string' || value.length > MAX_DATE_LENGTH || Number.isNaN(Date.parse(value))) {
    throw new ProtocolError(path, 'an ISO 8601 date and time');
  }
  return value;
};

/** Accepts anything as it is; for values that are only handed back. */
export const anything: Reader<unknown> = (value) => value;

/** Missing and null both mean "not given". */
export const optional =
  <T>(reader: Reader<T>): Reader<T | undefined> =>
  (value, path) =>
    value === undefined || value === null ? undefined : reader(value, path);

/** Reads an optional field and answers with `fallback` where it is missing. */
export const withDefault =
  <T>(reader: Reader<T>, fallback: T): Reader<T> =>
  (value, path) =>
    value === undefined || value === null ? fallback : reader(value, path);

/** @throws {ProtocolError} unless the value is a list whose items all pass */
export const list =
  <T>(item: Reader<T>): Reader<T[]> =>
  (value, path) => {
    if (!Array.isArray(value)) throw new ProtocolError(path, 'a list');
    return value.map((entry, index) => item(entry, `${path}[${index}]`));
  };

/** A list in which a bad item is left out and reported, instead of spoiling the others. */
export const lenientList =
  <T>(item: Reader<T>, onFault: (error: ProtocolError) => void): Reader<T[]> =>
  (value, path) => {
    if (!Array.isArray(value)) throw new ProtocolError(path, 'a list');
    const kept: T[] = [];
    for (const [index, entry] of value.entries()) {
      try {
        kept.push(item(entry, `${path}[${index}]`));
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        onFault(error);
      }
    }
    return kept;
  };

/** @throws {ProtocolError} unless the value is an object that is not a list */
export const plainObject: Reader<Record<string, unknown>> = (value, path) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ProtocolError(path, 'an object');
  }
  return value as Record<string, unknown>;
};

/** Free data: the object without the one key that could change a prototype when somebody merges it. */
export const freeData: Reader<Record<string, unknown>> = (value, path) => {
  const entries = Object.entries(plainObject(value, path));
  return Object.fromEntries(entries.filter(([key]) => key !== '__proto__'));
};

/** Reads the fields a shape names and nothing else; fields that read as undefined are left out. */
export const object = <T>(shape: Shape<T>): Reader<T> => {
  const fields = Object.entries(shape) as [string, Reader<unknown>][];
  return (value, path) => {
    const source = plainObject(value, path);
    const result: Record<string, unknown> = {};
    for (const [key, reader] of fields) {
      // Own fields only: a polluted Object.prototype must not speak for the server.
      const raw = Object.hasOwn(source, key) ? source[key] : undefined;
      const read = reader(raw, path ? `${path}.${key}` : key);
      if (read !== undefined) result[key] = read;
    }
    return result as T;
  };
};
