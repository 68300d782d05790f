import type { FastifyInstance } from 'fastify';
import type { Faults } from '../faults/faults';
import type { EmulatorLog } from '../link/emulator-log';
import { NOS_PATHS } from './object-store';

/** Path of Yunxin's own LBS for WeChat, so that configurations differ only in the host. */
export const LBS_PATH = '/lbs/wxwebconf.jsp';

export interface LbsAddresses {
  /** `host:port` of the link. */
  link: string;
  /** `http(s)://host:port` of the upload host. */
  origin: string;
}

/** Builds the answer of LBS: link addresses and upload hosts. */
function lbsAnswer(links: string[], origin: string, uploadOrigins = [origin]): unknown {
  return {
    common: { 'mix.link': links, 'link.default': [] },
    nosup: uploadOrigins.map((host) => `${host}${NOS_PATHS.upload}`),
    'nos-chunk': `${uploadOrigins[0] ?? origin}${NOS_PATHS.chunk}`,
  };
}

/** An address without a listener. */
const MISSING_HOST = 'http://127.0.0.1:1';

/** Adds the LBS route, with LBS faults. */
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
      case 'uploadHosts': {
        const named = fault.uploadHosts ?? [MISSING_HOST];
        return lbsAnswer([link], origin, fault.onlyThese === false ? [...named, origin] : named);
      }
      default:
        return lbsAnswer([link], origin);
    }
  });
}
