import { readEnv } from '../src/env/runtime-env';
import { writtenAddresses } from './lib/checks/hosts';
import { runCommand } from './lib/ci/command';
import { openBuilt, refuseWrong } from './lib/ci/prepare';
import { environmentOf } from './lib/ci/publish';
import { DOMAIN_LISTS, domainsOf, type Domains } from './lib/domains';

const TITLES = {
  request: 'request 合法域名',
  socket: 'socket 合法域名',
  uploadFile: 'uploadFile 合法域名',
  downloadFile: 'downloadFile 合法域名',
} as const;

/** `npm run domains`: prints the lists for WeChat's console with their reasons (docs/domains.md). */
void runCommand({
  name: 'domains',
  about:
    "The four lists for WeChat's console (开发管理 > 开发设置 > 服务器域名), from configuration and code.",
  options: {},
  async run(options, steps) {
    const env = environmentOf(options);
    refuseWrong(env);
    const built = await openBuilt(env, options['dist'], steps);
    const domains = domainsOf(readEnv(env.values), writtenAddresses(built));
    return { json: { domains }, text: textOf(domains) };
  },
});

/** Each list as a line to paste (the console splits at `;`), followed by the reasons. */
function textOf(domains: Domains): string {
  return DOMAIN_LISTS.map((list) => {
    const entries = domains[list];
    const width = Math.max(...entries.map(({ address }) => address.length));
    const reasons = entries.map(
      ({ address, why, missing, optional }) =>
        `  ${address.padEnd(width)}  ${why}${optional ? ' (optional)' : ''}${missing ? ' (not in TARO_APP_LEGAL_*)' : ''}`,
    );
    return [TITLES[list], entries.map(({ address }) => address).join(';'), ...reasons].join('\n');
  }).join('\n\n');
}
