import { EXIT, type ExitCode } from './exit-codes';

interface Text {
  en: string;
  zh: string;
}

interface Row {
  exit: ExitCode;
  cause: Text;
  fix: Text;
}

/** The problems that can end a preview, an upload or a pack. 20001 to 20003 are miniprogram-ci's own numbers. */
export const PROBLEMS = {
  610001: {
    exit: EXIT.usage,
    cause: { en: 'An option is wrong', zh: '命令行选项有误' },
    fix: { en: 'See --help.', zh: '查看 --help。' },
  },
  610002: {
    exit: EXIT.usage,
    cause: { en: 'There is no app id', zh: '缺少小程序 AppID' },
    fix: {
      en: 'Set MINIPROGRAM_APPID, TARO_APP_ID, or "appid" in project.config.json to your own: wx and 16 characters. A test app id cannot upload.',
      zh: '把 MINIPROGRAM_APPID、TARO_APP_ID 或 project.config.json 的 "appid" 设为你自己的 AppID（wx 加 16 位）。测试号不能上传。',
    },
  },
  610003: {
    exit: EXIT.usage,
    cause: { en: 'There is no upload key', zh: '缺少代码上传密钥' },
    fix: {
      en: 'Download it in the WeChat console (Development > Development settings > code upload) and set MINIPROGRAM_PRIVATE_KEY_PATH to the file, or MINIPROGRAM_PRIVATE_KEY to its text.',
      zh: '在微信公众平台「开发管理 > 开发设置 > 小程序代码上传」下载，用 MINIPROGRAM_PRIVATE_KEY_PATH 指向文件，或把内容放进 MINIPROGRAM_PRIVATE_KEY。',
    },
  },
  610004: {
    exit: EXIT.usage,
    cause: { en: 'The upload key file cannot be read', zh: '无法读取代码上传密钥文件' },
    fix: {
      en: 'Correct MINIPROGRAM_PRIVATE_KEY_PATH; it is relative to the project.',
      zh: '更正 MINIPROGRAM_PRIVATE_KEY_PATH；相对路径以项目目录为准。',
    },
  },
  610005: {
    exit: EXIT.usage,
    cause: { en: 'The upload key is not an RSA private key', zh: '代码上传密钥不是 RSA 私钥' },
    fix: {
      en: 'Use the downloaded file whole, from -----BEGIN to END-----, line breaks included.',
      zh: '使用下载的完整文件，从 -----BEGIN 到 END-----，保留换行。',
    },
  },
  610006: {
    exit: EXIT.usage,
    cause: { en: 'The version is not one WeChat takes', zh: '版本号格式不正确' },
    fix: {
      en: 'Letters, digits and dots, 64 at most, for example 1.2.0: --version, or "version" in package.json.',
      zh: '只能含字母、数字和小数点，最多 64 位，如 1.2.0：用 --version 或 package.json 的 "version"。',
    },
  },
  610007: {
    exit: EXIT.usage,
    cause: { en: 'There is no such page', zh: '页面不存在' },
    fix: {
      en: 'Give --page a page of src/app.config.ts, without a slash in front and without a query (that is --query).',
      zh: '--page 应为 src/app.config.ts 里的页面，开头不带斜杠，也不带参数（参数用 --query）。',
    },
  },
  610008: {
    exit: EXIT.usage,
    cause: { en: 'The production configuration is incomplete or wrong', zh: '生产配置缺失或有误' },
    fix: {
      en: 'Copy .env.production.example to .env.production.local and fill it in, or name a file with --env.',
      zh: '把 .env.production.example 复制为 .env.production.local 并填写，或用 --env 指定文件。',
    },
  },
  610010: {
    exit: EXIT.tool,
    cause: { en: 'The build failed', zh: '构建失败' },
    fix: { en: 'Correct what the message names.', zh: '按下面的信息修正。' },
  },
  610011: {
    exit: EXIT.tool,
    cause: { en: 'miniprogram-ci could not be installed', zh: 'miniprogram-ci 安装失败' },
    fix: {
      en: 'See the message of npm above; is the npm registry reachable?',
      zh: '查看上面 npm 的输出；npm 源是否可用？',
    },
  },
  610012: {
    exit: EXIT.check,
    cause: { en: 'The package is not fit for upload', zh: '代码包未通过检查' },
    fix: { en: 'Each finding says what to do.', zh: '按每条结果的提示修正。' },
  },
  610013: {
    exit: EXIT.tool,
    cause: { en: 'miniprogram-ci ended without an answer', zh: 'miniprogram-ci 异常退出' },
    fix: { en: 'Run it again with --verbose.', zh: '加 --verbose 重试并查看输出。' },
  },
  610014: {
    exit: EXIT.check,
    cause: { en: 'miniprogram-ci cannot compile the package', zh: 'miniprogram-ci 无法编译代码包' },
    fix: { en: 'Correct the file the message names.', zh: '修正信息中指出的文件。' },
  },
  610020: {
    exit: EXIT.refused,
    cause: { en: 'WeChat does not know this app id', zh: '微信不认识这个 AppID' },
    fix: {
      en: 'Compare it with the console; a test app id cannot upload.',
      zh: '与公众平台核对；测试号不能上传。',
    },
  },
  610021: {
    exit: EXIT.refused,
    cause: { en: 'This IP address is not on the white list', zh: '本机 IP 不在上传白名单' },
    fix: {
      en: 'Enter the address WeChat names below under Development settings > code upload > IP white list, or switch the list off; runners with changing addresses need that or a fixed proxy (HTTPS_PROXY).',
      zh: '在「开发设置 > 小程序代码上传 > IP 白名单」加入下面微信给出的 IP，或关闭白名单；IP 不固定的机器须关闭白名单或使用固定出口代理（HTTPS_PROXY）。',
    },
  },
  610022: {
    exit: EXIT.busy,
    cause: { en: 'WeChat is busy', zh: '微信服务繁忙' },
    fix: { en: 'Try again in a few minutes.', zh: '几分钟后重试。' },
  },
  610023: {
    exit: EXIT.check,
    cause: { en: 'The package is too large for WeChat', zh: '代码包超过微信限制' },
    fix: {
      en: '2 MB each for the main package and every sub-package: npm run size shows which one.',
      zh: '主包和每个分包各 2 MB：npm run size 可看是哪一个。',
    },
  },
  20001: {
    exit: EXIT.network,
    cause: { en: 'servicewechat.com was not reached', zh: '连不上 servicewechat.com' },
    fix: {
      en: 'Check DNS and firewall; behind a proxy set HTTPS_PROXY, and NODE_EXTRA_CA_CERTS if it has a certificate of its own.',
      zh: '检查 DNS 和防火墙；经代理时设置 HTTPS_PROXY，代理用自己的证书时再设 NODE_EXTRA_CA_CERTS。',
    },
  },
  20002: {
    exit: EXIT.refused,
    cause: {
      en: 'The signature was not accepted: the key does not belong to this app id, or was reset',
      zh: '签名未通过：密钥与 AppID 不匹配，或已被重置',
    },
    fix: {
      en: 'Download the key again (a reset makes the old one worthless) and compare the app id.',
      zh: '重新下载密钥（重置后旧密钥失效），并核对 AppID。',
    },
  },
  20003: {
    exit: EXIT.refused,
    cause: { en: 'WeChat refused the package', zh: '微信拒绝了代码包' },
    fix: {
      en: "Look up the number in the message in WeChat's documents of miniprogram-ci.",
      zh: '按信息里的错误码查阅 miniprogram-ci 文档。',
    },
  },
} as const satisfies Readonly<Record<number, Row>>;

export type ProblemCode = keyof typeof PROBLEMS;

/** Ends a command with cause, fix and exit code. The text never contains the key. */
export class CiProblem extends Error {
  readonly exit: ExitCode;

  constructor(
    readonly code: ProblemCode,
    /** The detail of the case: a value, or a server's message. */
    readonly detail?: string,
  ) {
    super(`${code} ${PROBLEMS[code].cause.en}${detail === undefined ? '' : `: ${detail}`}`);
    this.name = 'CiProblem';
    this.exit = PROBLEMS[code].exit;
  }
}

export type Language = keyof Text;

/** Chinese when the terminal's language is Chinese, English otherwise. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  return /^zh/i.test(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '') ? 'zh' : 'en';
}

/** The printed text: code, cause, detail, fix. English has the Chinese cause and fix below it. */
export function describeProblem({ code, detail }: CiProblem, language: Language): string {
  const { cause, fix } = PROBLEMS[code];
  const more = detail === undefined ? [] : [`  ${detail.replace(/\n/g, '\n  ')}`];
  if (language === 'zh') return [`${code} ${cause.zh}`, ...more, `  解决：${fix.zh}`].join('\n');
  return [`${code} ${cause.en}`, ...more, `  fix: ${fix.en}`, `  ${cause.zh}。${fix.zh}`].join(
    '\n',
  );
}
