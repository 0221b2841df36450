import { toFrame } from '../../backends/native/wire.js';
import { readClientCommand } from '../../protocol/client-command.js';
import type { Dialect } from './dialect.js';

/** The server half of the protocol of docs/protocol.md, whose names are the vocabulary itself. */
export const nativeDialect: Dialect = {
  encode: toFrame,
  decode: ({ event, data }) => readClientCommand(event, data),
};
