import {
  isFinal,
  type JournalEntry,
  redact,
  SOCKETS_PER_HOST,
  SOCKETS_TOTAL,
  type StateName,
} from '@/connection';
import type { Core } from '@/connection/boot';
import type { V2NIMLoginClient } from '@/sdk/types';

/** A line of the socket budget meter. */
export interface Budget {
  name: string;
  live: number;
  limit: number;
}

export interface SocketLine {
  id: number;
  owner: string;
  host: string;
  state: string;
  ageMs: number;
  /** Milliseconds since the last arrival on the socket; undefined before the first. */
  silentMs: number | undefined;
}

/** Everything that the inspector shows, at one moment. It contains no token and no message text. */
export interface Inspection {
  at: number;
  state: StateName;
  /** Number of consecutive attempts, while connecting or waiting. */
  attempt: number | undefined;
  /** Milliseconds to the next attempt, while waiting. */
  nextInMs: number | undefined;
  reason: number | undefined;
  budgets: Budget[];
  sockets: SocketLine[];
  held: number;
  stuck: number;
  /** Number of live or waiting sockets that a meeting kit opened itself. */
  kitSockets: number;
  lbs: string | undefined;
  link: string | undefined;
  clientId: string | undefined;
  /** This client's address in the server's view. V2 gives neither port nor country (docs/seed-map.md, seed 003). */
  clientIp: string | undefined;
  /** When this client signed in, in ms since 1970 by the server's clock. */
  signedInAt: number | undefined;
  customTag: string | undefined;
  /** The other client of this account that signed in last: its type, system and time. */
  lastOther: string | undefined;
  otherClients: number;
  lastClose: string | undefined;
  timeline: readonly JournalEntry[];
  journal: readonly JournalEntry[];
}

const TIMELINE_LENGTH = 30;
const JOURNAL_LENGTH = 80;

export function inspect({ manager, gate, journal, platform }: Core): Inspection {
  const now = platform.clock.now();
  const { state, connection } = manager;
  const counts = gate.counts();
  const sockets = gate
    .list()
    .map(({ id, owner, host, state: socketState, requestedAt, lastReceivedAt }) => ({
      id,
      owner,
      host,
      state: socketState,
      ageMs: now - requestedAt,
      silentMs: lastReceivedAt === undefined ? undefined : now - lastReceivedAt,
    }));
  const entries = journal.entries();
  const newest = (kind: string, having = '') =>
    [...entries].reverse().find((entry) => entry.kind === kind && entry.text.startsWith(having))
      ?.text;
  const login = connection && !isFinal(state) ? connection.services.login : undefined;
  const clients = login?.getLoginClients() ?? [];
  const mine = login?.getCurrentLoginClient() ?? undefined;
  const others = clients.filter(({ clientId }) => clientId !== mine?.clientId);
  return {
    at: now,
    state: state.name,
    attempt: 'attempt' in state ? state.attempt : undefined,
    nextInMs: state.name === 'waiting' ? Math.max(0, state.until - now) : undefined,
    reason: state.name === 'waiting' ? state.reason : 'code' in state ? state.code : undefined,
    budgets: [
      { name: 'all', live: counts.live, limit: SOCKETS_TOTAL },
      ...Object.entries(counts.byHost).map(([name, live]) => ({
        name,
        live,
        limit: SOCKETS_PER_HOST,
      })),
    ],
    sockets,
    held: counts.held,
    stuck: counts.stuck,
    kitSockets: sockets.filter(({ owner }) => kitOf(owner) !== undefined).length,
    lbs: newest('lbs'),
    link: sockets.find(
      ({ owner, state: socketState }) => owner.startsWith('im') && socketState === 'open',
    )?.host,
    clientId: mine?.clientId,
    clientIp: mine?.clientIP,
    signedInAt: mine?.timestamp,
    customTag: mine?.customTag || undefined,
    lastOther: newestOf(others),
    otherClients: others.length,
    lastClose: newest('socket', 'closed'),
    timeline: entries.filter(({ kind }) => kind === 'state').slice(-TIMELINE_LENGTH),
    journal: entries.slice(-JOURNAL_LENGTH),
  };
}

/** The meeting kit that a socket belongs to; undefined for a socket of the application. */
export function kitOf(owner: string): string | undefined {
  return /^kit:(.+)/.exec(owner)?.[1];
}

function newestOf(clients: readonly V2NIMLoginClient[]): string | undefined {
  const [newest] = [...clients].sort((a, b) => b.timestamp - a.timestamp);
  return newest && `${newest.type} ${newest.os} ${new Date(newest.timestamp).toISOString()}`;
}

/** The inspection as text for a support ticket; anything that looks like a secret is removed. */
export function reportText(inspection: Inspection): string {
  const { timeline: _timeline, journal, sockets, budgets, at, ...rest } = inspection;
  const lines = [
    `yunxin-miniprogram connection report ${new Date(at).toISOString()}`,
    ...Object.entries(rest)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}: ${String(value)}`),
    ...budgets.map(({ name, live, limit }) => `sockets ${name}: ${live} of ${limit}`),
    ...sockets.map(
      ({ id, owner, host, state, ageMs, silentMs }) =>
        `socket ${id}: ${owner} ${host} ${state}, ${ageMs} ms old, silent ${silentMs ?? '-'} ms`,
    ),
    ...journal.map(({ at: when, kind, text }) => `${new Date(when).toISOString()} ${kind} ${text}`),
  ];
  return lines.map(redact).join('\n');
}
