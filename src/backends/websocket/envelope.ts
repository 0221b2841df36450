import { readJson, type Framing } from '../../protocol/frame.js';
import { ProtocolError } from '../../protocol/read.js';
import { compilePath, rejectOption } from '../mapping.js';
import { expectFields } from '../speech.js';
import type { WebsocketEnvelope } from './wire.js';

/** Largest frame that is parsed, in UTF-8 bytes: many servers tell their whole history in one. */
const MAX_BYTES = 4 * 1024 * 1024;

/** An envelope, ready to be used. */
export interface Envelope {
  /** Our frames carry a list of whole texts to be: the name is in them. */
  readonly framing: Framing;
  /** Whether our frames have names. */
  readonly named: boolean;
  /** Whether the fields of the data stand beside the name. */
  readonly flat: boolean;
  /** Puts a name and data into one frame; undefined when there is nothing to say. */
  wrap(event: string, data: unknown): unknown;
}

/**
 * Makes an envelope from its description.
 * @throws {BackendError} `options-invalid` when it is wrong
 */
export function compileEnvelope(envelope: WebsocketEnvelope): Envelope {
  expectFields('envelope', envelope, 'name', 'data', 'unnamed', 'list', 'sent');
  const { name = 'type', data = false, sent = {} } = envelope;
  expectFields('envelope.sent', sent, 'name', 'data');
  const nameless = name === false;
  const { unnamed = nameless ? 'message' : undefined, list = nameless ? 'history' : unnamed } = envelope;
  for (const [field, value] of Object.entries({ unnamed, list })) {
    if (value !== undefined && typeof value !== 'string') rejectOption(`envelope.${field}`, 'a name');
  }
  const names = nameless ? [] : [name].flat();
  const findNames = names.map((path) => [path, compilePath(path, 'envelope.name', isName)] as const);
  const findData = data === false ? () => undefined : compilePath(data, 'envelope.data');
  const { name: nameField = names[0] ?? false, data: dataField = data && [data].flat()[0] } = sent;
  expectField('envelope.sent.name', nameField);
  expectField('envelope.sent.data', dataField);
  return {
    named: nameField !== false,
    flat: nameField !== false && !dataField,
    wrap(event, body) {
      if (nameField === false) return body;
      // The name stands first, and wins over a field of the data.
      if (!dataField) return { [nameField]: event, ...(body instanceof Object && body), [nameField]: event };
      return { [nameField]: event, ...(body !== undefined && { [dataField]: body }) };
    },
    framing: {
      write: (frame) => (frame.data as unknown[]).map((whole) => JSON.stringify(whole)),
      read(text) {
        const whole = readJson(text, MAX_BYTES);
        for (const [path, find] of findNames) {
          const event = find(whole);
          if (event !== undefined)
            return { event: String(event), data: findData(whole) ?? without(path, whole) };
        }
        const event = Array.isArray(whole) ? list : unnamed;
        if (event === undefined) throw new ProtocolError(names.join(' or '), 'the name of an event');
        return { event, data: whole };
      },
    },
  };
}

/** Some servers count their events instead of naming them. */
function isName(found: unknown): boolean {
  return typeof found === 'number' || (typeof found === 'string' && found !== '');
}

/** What a frame has beside its name. */
function without(name: string, whole: unknown): unknown {
  if (Array.isArray(whole)) return whole;
  const { [name]: _name, ...rest } = whole as Record<string, unknown>;
  return rest;
}

function expectField(where: string, field: unknown): void {
  if (field !== false && (typeof field !== 'string' || !/^[^.]+$/.test(field))) {
    rejectOption(where, 'the name of a field, or false');
  }
}
