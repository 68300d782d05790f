import { Code } from './codes';
import { hostName } from '@/env';
import type { Clock } from '@/platform';

/** The result of the SDK's request adapter. */
export interface AdapterResult {
  status: number;
  data: unknown;
  errMsg?: string;
  header?: unknown;
}

export type AdapterRequest = (
  url: string,
  params?: object,
  other?: object,
) => Promise<AdapterResult>;

export interface LbsGuardOptions {
  lbsUrl: string;
  /** Host names the mini-program may connect to. */
  legalSocketHosts: readonly string[];
  clock: Clock;
  /** Milliseconds after which an LBS without an answer counts as failed. */
  timeoutMs: number;
  /** Receives dropped links and failures, for the journal. */
  report: (kind: LbsReport) => void;
}

export type LbsReport =
  | { kind: 'answer'; links: string[]; dropped: string[] }
  | { kind: 'failed'; code: number; message: string };

/** Formats a report for the journal. */
export function describeLbs(report: LbsReport): string {
  if (report.kind === 'failed') return `failed, linkUrl instead: ${report.message}`;
  const dropped = report.dropped.length > 0 ? `, not legal: ${report.dropped.join(' ')}` : '';
  return `answered ${report.links.join(' ') || 'no legal link'}${dropped}`;
}

/**
 * Wraps the SDK's request adapter so that every behaviour of the LBS leads to a legal link soon:
 * - a missing answer becomes a failure after `timeoutMs` (the SDK alone waits 8 s and then abandons the login);
 * - a body that is not an LBS answer becomes a failure;
 * - links on hosts that are not legal are dropped, and only the first of the rest is kept, because the
 *   SDK uses only two addresses of a list and the second must be `linkUrl`.
 * After every failure here the SDK uses `linkUrl`.
 */
export function guardLbs(request: AdapterRequest, options: LbsGuardOptions): AdapterRequest {
  const { lbsUrl, clock, timeoutMs, report } = options;
  return async (url, params, other) => {
    if (!url.startsWith(lbsUrl)) return request(url, params, other);
    try {
      const answer = await withTimeout(request(url, params, other), clock, timeoutMs);
      return filterAnswer(answer, options);
    } catch (cause) {
      const message = messageOf(cause);
      // Not 191005 and not 191002: for these two codes the SDK skips `linkUrl` (docs/yunxin-protocol.md, 1.1).
      report({ kind: 'failed', code: Code.requestFailed, message });
      throw { code: Code.requestFailed, message };
    }
  };
}

function filterAnswer(
  answer: AdapterResult,
  { legalSocketHosts, report }: LbsGuardOptions,
): AdapterResult {
  const body = isRecord(answer.data) ? answer.data : {};
  const common = isRecord(body['common']) ? body['common'] : undefined;
  if (!common) throw new Error('the LBS answer has no "common"');
  const offered = [...addresses(common['mix.link']), ...addresses(common['link.default'])];
  const legal = offered.filter((address) => legalSocketHosts.includes(hostName(address)));
  report({
    kind: 'answer',
    links: legal,
    dropped: offered.filter((address) => !legal.includes(address)),
  });
  if (legal.length === 0) throw new Error('the LBS answer names no legal link host');
  return {
    ...answer,
    data: { ...body, common: { ...common, 'mix.link': legal.slice(0, 1), 'link.default': [] } },
  };
}

function addresses(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((entry): entry is string => typeof entry === 'string' && entry !== '')
    : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function messageOf(cause: unknown): string {
  if (cause instanceof Error) return cause.message;
  if (isRecord(cause) && typeof cause['message'] === 'string') return cause['message'];
  return String(cause);
}

function withTimeout<T>(work: Promise<T>, clock: Clock, timeoutMs: number): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = clock.setTimeout(
      () => reject(new Error(`no LBS answer within ${timeoutMs} ms`)),
      timeoutMs,
    );
    work.then(resolve, reject).finally(() => clock.clearTimeout(timer));
  });
}
