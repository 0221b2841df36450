import { ProtocolError } from '../../protocol/read.js';

/** Kinds of packets of Socket.IO protocol 5, by their number. Binary ones are not taken. */
export const CONNECT = 0;
export const DISCONNECT = 1;
export const EVENT = 2;
export const ACK = 3;
export const CONNECT_ERROR = 4;

/** A packet of Socket.IO protocol 5. */
export interface Packet {
  readonly type: number;
  /** `/` is the main one. */
  readonly namespace: string;
  /** Asks for a call back. */
  readonly id?: number;
  readonly data?: unknown;
}

/** Reads a packet. @throws {ProtocolError} when it is none, or a binary one */
export function readPacket(text: string): Packet {
  const parts = /^([0-4])(?:(\/[^,]*),?)?(\d*)(.*)$/s.exec(text);
  if (!parts) throw new ProtocolError('packet', 'a packet of Socket.IO without binary data');
  const [, type, namespace = '/', id = '', json = ''] = parts;
  let data: unknown;
  try {
    data = json === '' ? undefined : JSON.parse(json);
  } catch {
    throw new ProtocolError('packet', 'JSON');
  }
  return { type: Number(type), namespace, ...(id !== '' && { id: Number(id) }), data };
}

/** Writes a packet. */
export function writePacket({ type, namespace, id, data }: Packet): string {
  const place = namespace === '/' ? '' : `${namespace},`;
  return `${type}${place}${id ?? ''}${data === undefined ? '' : JSON.stringify(data)}`;
}
