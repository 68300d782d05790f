import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import { ROOM, useRooms } from './support/rooms';

interface Operation {
  operationId: string;
  security?: readonly object[];
  responses: Record<string, unknown>;
}
type Method = 'get' | 'post';

const ROOT = path.resolve(__dirname, '../..');
const FILE = 'docs/app-server.openapi.json';
const document = JSON.parse(readFileSync(path.join(ROOT, FILE), 'utf8')) as {
  paths: Record<string, Partial<Record<Method, Operation>>>;
};
const operations = Object.entries(document.paths).flatMap(([route, item]) =>
  (['get', 'post'] as const).flatMap((method) => {
    const operation = item[method];
    return operation ? [{ route, method, ...operation }] : [];
  }),
);

/** A call to the sample app server with the expected status and the account of its session. */
type Call = [path: string, status: number, body?: object, session?: string];

const REPORT = {
  accountId: 'anna',
  reason: 'fraud',
  message: { conversationId: 'ben|1|anna', messageServerId: '7', text: 'send money' },
};

/** Calls of each operation: a successful call, and a call for each failure that the document names. */
const CALLS: Record<string, readonly Call[]> = {
  login: [
    ['/login', 200, { code: 'demo:ben' }],
    ['/login', 200, { accountId: 'ben', token: 'token-ben' }],
    ['/login', 400, {}],
    ['/login', 400, { accountId: 'ben' }],
    ['/login', 403, { accountId: 'ben', token: 'token-anna' }],
    ['/login', 404, { code: 'demo:nobody' }],
  ],
  staticToken: accountCalls('/static-token'),
  dynamicToken: accountCalls('/dynamic-token'),
  loginExtension: accountCalls('/login-extension'),
  loginCallback: [
    ['/callback/login', 200, { accountId: 'ben', loginExtension: '{"ticket":"ticket-ben"}' }],
    ['/callback/login', 403, { accountId: 'ben', loginExtension: 'forged' }],
    ['/callback/login', 400, { accountId: 'ben' }],
    ['/callback/login', 404, { accountId: 'nobody', loginExtension: 'x' }],
  ],
  roomAccount: accountCalls('/room-account'),
  contentCheck: [
    ['/content-check', 200, { content: 'hello', scene: 1 }, 'ben'],
    ['/content-check', 400, { content: 'hello', scene: 5 }, 'ben'],
    ['/content-check', 400, { scene: 1 }, 'ben'],
    ['/content-check', 401, { content: 'hello', scene: 1 }],
  ],
  report: [
    ['/reports', 200, { accountId: 'anna', reason: 'spam' }, 'ben'],
    ['/reports', 200, REPORT, 'ben'],
    ['/reports', 400, { accountId: 'anna', reason: 'boring' }, 'ben'],
    ['/reports', 400, { accountId: 'ben', reason: 'spam' }, 'ben'],
    ['/reports', 400, { ...REPORT, message: { text: 'no id' } }, 'ben'],
    ['/reports', 401, REPORT],
    ['/reports', 404, { accountId: 'nobody', reason: 'spam' }, 'ben'],
  ],
  mentionAlerts: [
    ['/mention-alerts', 200, undefined, 'ben'],
    ['/mention-alerts', 401],
  ],
  addMentionAlert: [
    ['/mention-alerts', 200, {}, 'ben'],
    ['/mention-alerts', 401, {}],
  ],
  config: [['/config', 200]],
  rooms: [
    ['/rooms', 200],
    ['/rooms?q=Music', 200],
  ],
  room: [
    [`/rooms/${ROOM}`, 200],
    ['/rooms/404', 404],
  ],
  roomAddresses: [
    [`/rooms/${ROOM}/addresses`, 200, undefined, 'ben'],
    [`/rooms/${ROOM}/addresses`, 401],
    ['/rooms/404/addresses', 404, undefined, 'ben'],
  ],
};

/** Failures that a stopped server of another party, or 20 calls, cause. */
const NOT_TRIED = ['roomAccount 502', 'report 429'];

function accountCalls(route: string): readonly Call[] {
  return [
    [route, 200, {}, 'ben'],
    [route, 200, { accountId: 'ben' }, 'ben'],
    [route, 401, { accountId: 'ben' }],
    [route, 403, { accountId: 'ben' }, 'anna'],
    [route, 404, {}, 'nobody'],
  ];
}

/** The check rejects fields that the document does not name, although a company's own server may add fields. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([name, each]) => [name, closed(each)]));
  return copy['type'] === 'object' ? { ...copy, additionalProperties: false } : copy;
}

describe('the OpenAPI document of the app server', () => {
  const stage = useRooms();
  const ajv = new Ajv({ allErrors: true }).addSchema(closed(document) as object, FILE);

  /** Returns the deviations of an answer from the document; empty when the answer conforms. */
  function faultsOf(route: string, method: Method, status: number, answer: unknown): unknown[] {
    const pointer = ['paths', route, method, 'responses', String(status)]
      .map((part) => encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1')))
      .join('/');
    const named = operations.find((one) => one.route === route && one.method === method)?.responses[
      status
    ] as { $ref?: string } | undefined;
    if (!named) return [`the document names no status ${status}`];
    const response = named.$ref ?? `#/${pointer}`;
    const validate = ajv.compile({ $ref: `${FILE}${response}/content/application~1json/schema` });
    return validate(answer) ? [] : (validate.errors ?? ['not valid']);
  }

  test('is valid OpenAPI 3.1', () => {
    const cli = path.join(ROOT, 'node_modules/@seriousme/openapi-schema-validator/bin');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [path.join(cli, 'validate-api-cli.js'), FILE],
      { cwd: ROOT, encoding: 'utf8' },
    );
    expect([status, stdout + stderr]).toEqual([0, expect.stringContaining('valid')]);
  });

  test.each(operations)('$method $route is answered as documented', async (operation) => {
    const { operationId, route, method, responses } = operation;
    stage.emulator.remoteConfig = {
      minVersion: '0.1.0',
      chatroomEnabled: true,
      meetingEnabled: false,
      notice: '',
      recallLimitSeconds: 120,
      reportEnabled: true,
      mentionTemplateId: 'T',
      customerServiceEnabled: true,
    };
    await stage.inside('ben');
    const calls = CALLS[operationId] ?? [];
    for (const [suffix, expected, body, session] of calls) {
      const token = session && stage.emulator.appSessions.openSession(session).sessionToken;
      const answer = await fetch(stage.emulator.appServer + suffix, {
        method: method.toUpperCase(),
        headers: {
          ...(body ? { 'content-type': 'application/json' } : {}),
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      expect([suffix, session, answer.status]).toEqual([suffix, session, expected]);
      expect(faultsOf(route, method, expected, await answer.json())).toEqual([]);
    }
    const tried = new Set(calls.map(([, status]) => `${operationId} ${status}`));
    const untried = Object.keys(responses).filter(
      (status) => ![...tried, ...NOT_TRIED].includes(`${operationId} ${status}`),
    );
    expect(untried).toEqual([]);
  });

  test('requires a session wherever it names 401, and refuses an invented session', async () => {
    const guarded = operations.filter(({ security }) => security);
    expect(guarded.map(({ operationId }) => operationId).sort()).toEqual(
      operations
        .filter(({ responses }) => '401' in responses)
        .map(({ operationId }) => operationId)
        .sort(),
    );
    for (const { route, method } of guarded) {
      for (const authorization of ['', 'Bearer ', 'Bearer made-up', 'Basic YW5uYTphbm5h']) {
        const answer = await fetch(stage.emulator.appServer + route.replace('{roomId}', ROOM), {
          method: method.toUpperCase(),
          headers: { 'content-type': 'application/json', authorization },
          ...(method === 'post' ? { body: '{"accountId":"anna"}' } : {}),
        });
        expect([route, authorization, answer.status]).toEqual([route, authorization, 401]);
        expect(await answer.json()).toMatchObject({ code: 600107 });
      }
    }
  });

  test('names every route of the sample app server, and no other', () => {
    const files = [
      'app-server.ts',
      'room-routes.ts',
      'report-routes.ts',
      'mention-alert-routes.ts',
    ];
    const routes = files.flatMap((file) => {
      const text = readFileSync(path.join(ROOT, 'emulator/app-server', file), 'utf8');
      return [...text.matchAll(/\bapp\.(get|post)(?:<[^(]*>)?\(\s*['`]([^'`]+)/g)].map(
        ([, method = '', route = '']) =>
          `${method} ${route
            .replace('${APP_PATH}', '')
            .replace('${CALLBACK_PATH}', '/callback/login')
            .replace(/:(\w+)/g, '{$1}')}`,
      );
    });
    const named = operations.map(({ method, route }) => `${method} ${route}`);
    expect(routes.sort()).toEqual(named.sort());
  });

  test('names every route that the app calls', () => {
    const files = [
      'stores/session/app-server-client.ts',
      'stores/session/mention-alerts.ts',
      'packages/chatroom/stores/room-server.ts',
    ];
    const asked = files.flatMap((file) => {
      const text = readFileSync(path.join(ROOT, 'src', file), 'utf8');
      return [...text.matchAll(/['`](\/[a-z][^'`?]*)/g)].map(([, route = '']) =>
        route.replace(/\$\{encodeURIComponent\((\w+)\)\}/g, '{$1}'),
      );
    });
    expect(asked.length).toBeGreaterThan(5);
    for (const route of asked) expect(Object.keys(document.paths)).toContain(route);
  });
});
