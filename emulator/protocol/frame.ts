/**
 * Frames of the text link: socket.io 0.9, `type:id:endpoint[:data]`. Only the types that Yunxin's link uses are
 * distinguished.
 */
export type Frame =
  | { kind: 'disconnect' }
  | { kind: 'heartbeat' }
  | { kind: 'message'; data: string }
  | { kind: 'other'; type: string };

export const CONNECT_FRAME = '1::';
export const DISCONNECT_FRAME = '0::';
export const HEARTBEAT_FRAME = '2::';

/** Reads a text frame. Never throws; an unreadable frame is `other`. */
export function decodeFrame(text: string): Frame {
  const match = /^(\d):[^:]*:[^:]*(?::([\s\S]*))?$/.exec(text);
  if (!match) return { kind: 'other', type: 'unreadable' };
  const [, type = '', data = ''] = match;
  if (type === '0') return { kind: 'disconnect' };
  if (type === '2') return { kind: 'heartbeat' };
  if (type === '3' || type === '4') return { kind: 'message', data };
  return { kind: 'other', type };
}

/** Wraps a JSON packet into a message frame. */
export function encodeMessageFrame(json: string): string {
  return `3:::${json}`;
}
