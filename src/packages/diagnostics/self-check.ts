import { hostName, type RuntimeEnv } from '@/env';
import { foreignCall, HttpFailure, type Platform } from '@/platform';

export type CheckName = 'lbs' | 'handshake' | 'socket' | 'login' | 'host';

export interface CheckResult {
  name: CheckName;
  /** The address or host that the step checks. */
  subject: string;
  ok: boolean;
  ms: number;
  /** The host's own message after a failure. */
  detail?: string;
}

export interface SelfCheckDependencies {
  env: RuntimeEnv;
  platform: Platform;
  /** Opens a socket (through the gate). Resolves when the link has sent `1::`, else rejects with the reason. */
  trySocket: (url: string) => Promise<void>;
  isOnline: () => boolean;
}

const TIMEOUT_MS = 5000;
/** Time limit for a host that does not end its request, or a socket that reports nothing. */
const STEP_LIMIT_MS = 8000;

/**
 * Checks each step of a sign-in and reports which fail. Steps after a failed step still run: each host may be
 * missing from WeChat's list on its own.
 */
export async function* selfCheck({
  env,
  platform,
  trySocket,
  isOnline,
}: SelfCheckDependencies): AsyncGenerator<CheckResult> {
  const timed = async (
    name: CheckName,
    subject: string,
    work: () => Promise<unknown>,
  ): Promise<CheckResult> => {
    const started = platform.clock.now();
    try {
      await foreignCall(work, {
        clock: platform.clock,
        limitMs: STEP_LIMIT_MS,
        onLimit: () => new Error(`no answer within ${STEP_LIMIT_MS} ms`),
      });
      return { name, subject, ok: true, ms: platform.clock.now() - started };
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { name, subject, ok: false, ms: platform.clock.now() - started, detail };
    }
  };
  const get = async (url: string) => {
    const { status, body } = await platform.request({ url, timeoutMs: TIMEOUT_MS });
    if (status < 200 || status > 299) throw new Error(`HTTP ${status}`);
    return body;
  };
  const scheme = env.linkSSL ? 's' : '';

  yield await timed('lbs', env.lbsUrl, async () => {
    const body = await get(`${env.lbsUrl}?k=${encodeURIComponent(env.appkey)}`);
    if (typeof body !== 'object' || body === null || !('common' in body))
      throw new Error('not an LBS answer');
  });

  let session = '';
  yield await timed('handshake', env.linkUrl, async () => {
    const body = await get(`http${scheme}://${env.linkUrl}/socket.io/1/?t=${platform.clock.now()}`);
    session = String(body).split(':')[0] ?? '';
    if (!session) throw new Error('no session id');
  });

  yield await timed('socket', env.linkUrl, async () => {
    if (!session) throw new Error('no handshake');
    await trySocket(`ws${scheme}://${env.linkUrl}/socket.io/1/websocket/${session}`);
  });

  yield await timed('login', env.appkey, () =>
    isOnline() ? Promise.resolve() : Promise.reject(new Error('not online')),
  );

  for (const host of new Set([
    ...env.legalHosts.request,
    ...env.legalHosts.uploadFile,
    ...env.legalHosts.downloadFile,
  ])) {
    yield await timed('host', host, async () => {
      try {
        // Any HTTP answer is enough: the host is reachable and WeChat allowed the request.
        await platform.request({
          url: `http${scheme}://${authorityOf(host, env)}/`,
          timeoutMs: TIMEOUT_MS,
        });
      } catch (error) {
        if (error instanceof HttpFailure && /domain list/.test(error.errMsg)) {
          throw new Error(`${error.errMsg}: add ${host} to the request list in WeChat's console`, {
            cause: error,
          });
        }
        throw error;
      }
    });
  }
}

/** The host in the form that the app requests: with the port, where an address in use has a port. */
function authorityOf(host: string, { lbsUrl, linkUrl, appServer }: RuntimeEnv): string {
  const inUse = [lbsUrl, appServer].map((url) => /^[a-z]+:\/\/([^/?#]+)/i.exec(url)?.[1] ?? '');
  return [linkUrl, ...inUse].find((authority) => hostName(authority) === host) ?? host;
}
