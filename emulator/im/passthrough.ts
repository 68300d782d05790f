import { numberOf, textOf } from '../protocol/request-items';
import { Reason, Refusal } from '../protocol/reasons';
import { ProxyTag } from '../protocol/tags';
import type { ImHandlers } from './im-command';

const METHODS: Readonly<Record<number, string>> = { 1: 'GET', 2: 'POST', 3: 'PUT', 4: 'DELETE' };
const POST = 2;
const HOP_BY_HOP = ['host', 'connection', 'content-length', 'transfer-encoding'];

function headersOf(text: string): Record<string, string> {
  if (text === '') return {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) throw new Error('not an object');
    return Object.fromEntries(
      Object.entries(parsed)
        .map(([name, value]) => [name.toLowerCase(), textOf(value)] as const)
        .filter(([name]) => !HOP_BY_HOP.includes(name)),
    );
  } catch {
    throw new Refusal(Reason.parameterError, 'the header is not JSON');
  }
}

/**
 * Command for requests over the IM link to the server of a kit. The emulator has a single such server
 * (room-server.ts) and therefore no zones. The client gets the body with any HTTP status.
 */
export const passthroughHandlers: ImHandlers = {
  '22_1': async ({ items, host }) => {
    const request = items.property(0);
    const path = textOf(request[ProxyTag.path]);
    const method = METHODS[numberOf(request[ProxyTag.method]) || POST];
    const body = textOf(request[ProxyTag.body]);
    const zone = textOf(request[ProxyTag.zone]);
    const takesBody = method === 'POST' || method === 'PUT';
    // The SDK has the same rule: GET has no body, POST and PUT have a body.
    if (!path.startsWith('/') || !method || zone !== '' || (method === 'GET' && body !== ''))
      throw new Refusal(Reason.parameterError);
    if (takesBody && body === '') throw new Refusal(Reason.parameterError);
    const answer = await fetch(host.upstream + path, {
      method,
      headers: {
        'content-type': 'application/json',
        ...headersOf(textOf(request[ProxyTag.header])),
      },
      ...(takesBody ? { body } : {}),
    });
    return [
      {
        [ProxyTag.header]: JSON.stringify(Object.fromEntries(answer.headers)),
        [ProxyTag.body]: await answer.text(),
      },
    ];
  },
};
