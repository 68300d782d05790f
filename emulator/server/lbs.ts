import type { FastifyInstance } from 'fastify';
import type { Faults } from '../faults/faults';
import type { EmulatorLog } from '../link/emulator-log';
import { NOS_PATHS } from './nos';

/** The path of Yunxin's own LBS for WeChat, so that a configuration differs only in its host. */
export const LBS_PATH = '/lbs/wxwebconf.jsp';

export interface LbsAddresses {
  /** `host:port` of the link. */
  link: string;
  /** `http(s)://host:port` of the upload host. */
  origin: string;
}

/** The answer of LBS: links, and hosts for uploads. */
function lbsAnswer(links: string[], origin: string): unknown {
  return {
    common: { 'mix.link': links, 'link.default': [] },
    nosup: [`${origin}${NOS_PATHS.upload}`],
    'nos-chunk': `${origin}${NOS_PATHS.chunk}`,
  };
}

/** LBS with its fault switches. */
export function registerLbs(
  app: FastifyInstance,
  faults: Faults,
  log: EmulatorLog,
  addresses: () => LbsAddresses,
): void {
  app.get(LBS_PATH, async (request, reply) => {
    log.counters.lbsRequests += 1;
    const { link, origin } = addresses();
    const accountId = String((request.query as Record<string, unknown>)['id'] ?? '');
    const fault = faults.strike('lbs', { accountId });
    switch (fault?.how) {
      case 'hang':
        return reply.hijack();
      case 'status':
        return reply.code(fault.status ?? 500).send({ code: fault.status ?? 500 });
      case 'html':
        return reply.type('text/html').send('<html><body>Sign in to Wi-Fi</body></html>');
      case 'json':
        return reply.send(fault.body ?? {});
      case 'links':
        return lbsAnswer([...(fault.links ?? []), ...(fault.onlyThese ? [] : [link])], origin);
      default:
        return lbsAnswer([link], origin);
    }
  });
}
