/** WeChat's four lists of domains (docs/domains.md): request, socket, uploadFile, downloadFile. Host names. */
export interface LegalHosts {
  request: readonly string[];
  socket: readonly string[];
  uploadFile: readonly string[];
  downloadFile: readonly string[];
}

/** The checked configuration of a build. */
export interface RuntimeEnv {
  appkey: string;
  /** The only LBS address, fixed: WeChat's white list does not allow dynamic addresses. */
  lbsUrl: string;
  /** `host[:port]`, used when the LBS fails. */
  linkUrl: string;
  /** Whether the link uses wss/https; false only in development. */
  linkSSL: boolean;
  legalHosts: LegalHosts;
  /** Base URL of the company's own backend, without a trailing slash. */
  appServer: string;
  /** The upload address of chatrooms, which have no LBS to get it from. Empty: the SDK's own default. */
  uploadUrl: string;
  /** Whether the SDK sends reports to its vendor's statistics hosts. */
  statistics: boolean;
  development: boolean;
}

export type RawEnv = Readonly<Record<string, string | undefined>>;

export interface ConfigurationProblem {
  field: string;
  problem: string;
  fix: string;
}

/** Thrown at the start; names every wrong field and the correction. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly ConfigurationProblem[]) {
    super(problems.map(({ field, problem, fix }) => `${field}: ${problem}. ${fix}`).join('\n'));
    this.name = 'ConfigurationError';
  }
}

/** WeChat's console and `npm run domains` separate hosts with `;`; a Chinese keyboard types the wide forms. */
const SEPARATORS = /[\s,;，；、]+/;
const HOST_NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/**
 * Reads and checks the build's configuration.
 * @throws ConfigurationError listing every problem at once.
 */
export function readEnv(raw: RawEnv): RuntimeEnv {
  const problems: ConfigurationProblem[] = [];
  const wrong = (field: string, problem: string, fix: string) =>
    problems.push({ field, problem, fix });
  const text = (field: string) => raw[field]?.trim() ?? '';
  const required = (field: string, example: string) => {
    const value = text(field);
    if (!value)
      wrong(
        field,
        'is missing',
        `Write for example ${field}=${example} into .env.production.local.`,
      );
    return value;
  };
  const flag = (field: string, fallback: boolean) => {
    const value = text(field).toLowerCase();
    if (value === '') return fallback;
    if (['on', 'true', '1'].includes(value)) return true;
    if (['off', 'false', '0'].includes(value)) return false;
    wrong(field, `"${value}" is neither on nor off`, 'Write on or off.');
    return fallback;
  };
  const hosts = (field: string) =>
    text(field)
      .split(SEPARATORS)
      .filter(Boolean)
      .map((entry) => {
        const host = hostName(entry);
        if (!HOST_NAME.test(host)) {
          wrong(
            field,
            `"${entry}" is not a host name`,
            'Write host names only, separated by commas.',
          );
        }
        return host;
      });

  const development = flag('TARO_APP_DEVELOPMENT', false);
  const statistics = flag('TARO_APP_STATISTICS', false);
  const appkey = required('TARO_APP_APPKEY', 'your app key');
  const lbsUrls = required('TARO_APP_LBS_URL', 'https://lbs.netease.im/lbs/wxwebconf.jsp')
    .split(SEPARATORS)
    .filter(Boolean);
  const lbsUrl = lbsUrls[0] ?? '';
  const linkUrl = required('TARO_APP_LINK_URL', 'wlnimsc0.netease.im');
  const linkSSL = flag('TARO_APP_LINK_SSL', true);
  const appServer = required('TARO_APP_APP_SERVER', 'https://api.example.com').replace(/\/+$/, '');
  const uploadUrl = text('TARO_APP_UPLOAD_URL').replace(/\/+$/, '');
  const legalHosts: LegalHosts = {
    request: hosts('TARO_APP_LEGAL_REQUEST_HOSTS'),
    socket: hosts('TARO_APP_LEGAL_SOCKET_HOSTS'),
    uploadFile: hosts('TARO_APP_LEGAL_UPLOAD_HOSTS'),
    downloadFile: hosts('TARO_APP_LEGAL_DOWNLOAD_HOSTS'),
  };

  if (lbsUrls.length > 1) {
    wrong(
      'TARO_APP_LBS_URL',
      `names ${lbsUrls.length} addresses`,
      'Leave exactly one: WeChat allows only addresses on its white list.',
    );
  }
  const checkUrl = (field: string, url: string, list: 'request' | 'uploadFile' = 'request') => {
    if (!url) return;
    const match = /^(https?):\/\/([^/?#]+)/i.exec(url);
    if (!match?.[2]) {
      wrong(field, `"${url}" is not an http(s) address`, 'Write it with https:// in front.');
      return;
    }
    if (match[1]?.toLowerCase() !== 'https' && !development) {
      wrong(
        field,
        'is not https',
        'WeChat allows https only; http is for TARO_APP_DEVELOPMENT=on.',
      );
    }
    if (!legalHosts[list].includes(hostName(match[2]))) {
      const [name, variable] = list === 'request' ? ['request', 'REQUEST'] : ['upload', 'UPLOAD'];
      wrong(
        field,
        `its host ${hostName(match[2])} is not a legal ${name} host`,
        `Add ${hostName(match[2])} to TARO_APP_LEGAL_${variable}_HOSTS and to WeChat's ${list} list.`,
      );
    }
  };
  if (lbsUrls.length === 1) checkUrl('TARO_APP_LBS_URL', lbsUrl);
  checkUrl('TARO_APP_APP_SERVER', appServer);
  checkUrl('TARO_APP_UPLOAD_URL', uploadUrl, 'uploadFile');
  if (linkUrl) {
    if (/^[a-z]+:\/\//i.test(linkUrl)) {
      wrong('TARO_APP_LINK_URL', 'has a scheme', 'Write host or host:port only.');
    } else {
      const host = hostName(linkUrl);
      // The handshake is an https request to the link host: it must be in both lists (docs/domains.md).
      if (!legalHosts.socket.includes(host)) {
        wrong(
          'TARO_APP_LINK_URL',
          `${host} is not a legal socket host`,
          `Add ${host} to TARO_APP_LEGAL_SOCKET_HOSTS.`,
        );
      }
      if (!legalHosts.request.includes(host)) {
        wrong(
          'TARO_APP_LINK_URL',
          `${host} is not a legal request host`,
          `Add ${host} to TARO_APP_LEGAL_REQUEST_HOSTS.`,
        );
      }
    }
  }
  if (!linkSSL && !development) {
    wrong(
      'TARO_APP_LINK_SSL',
      'is off',
      'WeChat allows wss only; off is for TARO_APP_DEVELOPMENT=on.',
    );
  }
  if (
    /secret/i.test(
      Object.keys(raw)
        .filter((key) => raw[key])
        .join(' '),
    )
  ) {
    wrong(
      'TARO_APP_*',
      'an app secret must never be in the mini-program',
      'Keep it on the app server.',
    );
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
  return {
    appkey,
    lbsUrl,
    linkUrl,
    linkSSL,
    legalHosts,
    appServer,
    uploadUrl,
    statistics,
    development,
  };
}

/** The host name of `host:port`, lower case. */
export function hostName(authority: string): string {
  return authority.trim().toLowerCase().replace(/:\d+$/, '');
}
