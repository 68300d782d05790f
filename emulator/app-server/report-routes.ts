import type { FastifyInstance } from 'fastify';
import { AppServerError, field } from './app-server-error';
import type { AppServerOptions, ReportedMessage, ReportRecord } from './app-server-options';

const REASONS: readonly string[] = ['spam', 'fraud', 'porn', 'violence', 'harassment', 'other'];
/** Most reports of an account in an hour; more are refused with 416. */
const MOST_IN_HOUR = 20;
const HOUR_MS = 60 * 60_000;
const LONGEST_TEXT = 500;
/** Kept reports; the oldest is dropped first. */
const KEPT = 1000;

function messageIn(body: unknown): ReportedMessage | undefined {
  const { message } = body as { message?: unknown };
  if (message === undefined) return undefined;
  const { text = '' } = (message ?? {}) as { text?: unknown };
  if (typeof text !== 'string' || [...text].length > LONGEST_TEXT)
    throw new AppServerError(400, 414, `text has at most ${LONGEST_TEXT} characters`);
  return {
    conversationId: field(message, 'conversationId'),
    messageServerId: field(message, 'messageServerId'),
    text,
  };
}

/** Adds the route for reports of messages and people. A real server shows them to a person who decides. */
export function registerReportRoute(
  app: FastifyInstance,
  { world, sessions, reports, now }: AppServerOptions,
): void {
  app.post('/reports', async ({ headers, body }) => {
    const by = sessions.accountOf(headers.authorization);
    const accountId = field(body, 'accountId');
    const reason = field(body, 'reason');
    if (!REASONS.includes(reason)) throw new AppServerError(400, 414, `reason: ${reason}`);
    if (accountId === by) throw new AppServerError(400, 414, 'an account cannot report itself');
    const message = messageIn(body);
    if (!world.account(accountId)) throw new AppServerError(404, 102404, `no account ${accountId}`);
    const isKnown = (one: ReportRecord) =>
      one.by === by &&
      one.accountId === accountId &&
      one.message?.messageServerId === message?.messageServerId;
    if (reports.some(isKnown)) return { accepted: true };
    const since = now() - HOUR_MS;
    if (reports.filter((one) => one.by === by && one.time > since).length >= MOST_IN_HOUR)
      throw new AppServerError(429, 416, `${MOST_IN_HOUR} reports in an hour`);
    reports.push({ by, accountId, reason, time: now(), ...(message && { message }) });
    if (reports.length > KEPT) reports.shift();
    return { accepted: true };
  });
}
