import { type ReasonRow, serviceRows, sdkFile } from '@/sdk';
import { SERVICE_ROWS } from '@/sdk/service-rows';

/** The texts for one code; the screen, the errors and docs/errors.md use the same row. */
export interface Reason {
  code: number;
  /** True when a retry may help; false stops every automatic attempt. */
  retry: boolean;
  /** The text for the user. */
  text: { zh: string; en: string };
  /** The cause, for developers. */
  cause: string;
  /** The remedy, for developers; 'None' when there is none. */
  fix: string;
}

const SIGN_IN_AGAIN_ZH = '登录已失效，请重新登录';
const SIGN_IN_AGAIN_EN = 'Your sign-in is no longer valid. Please sign in again';

/**
 * Sources: docs/yunxin-protocol.md, section 1.4; docs/seed-map.md, seeds 001 and 003; 600xxx are WeChat's errno
 * and our own.
 */
// prettier-ignore
const ROWS: readonly ReasonRow[] = [
  { code: 201, retry: false, zh: '客户端版本过低，请更新小程序', en: 'This version is too old. Please update', cause: 'The handshake was refused', fix: 'Update nim-web-sdk-ng' },
  { code: 302, retry: false, zh: '账号或密码不正确，请重新登录', en: 'Wrong account or token. Please sign in again', cause: 'Account, token or third-party callback said no', fix: 'Check the token, its expiry and the callback service' },
  { code: 317, retry: false, zh: '服务端拒绝登录', en: 'The server refused this sign-in', cause: 'Login refused by the server', fix: 'Ask Yunxin support with this code' },
  { code: 398, retry: true, zh: '请求暂时被拒绝，请稍后再试', en: 'Refused for the moment. Please try later', cause: 'Request temporarily forbidden', fix: 'Slow down' },
  { code: 399, retry: true, zh: '服务器繁忙，正在换一台服务器', en: 'The server is busy, trying another one', cause: 'The link server asks to go elsewhere', fix: 'None; the next attempt asks the LBS again' },
  { code: 402, retry: false, zh: '会议账号未获授权', en: 'The meeting account is not authorised', cause: 'A meeting kit: unauthorised', fix: 'Check the room account, its token and the room component in the Yunxin console' },
  { code: 403, retry: false, zh: '没有权限，请联系管理员', en: 'You have no permission. Please contact the administrator', cause: 'Forbidden: by the login policy, or in a room by the role', fix: 'Set the login policy in the Yunxin console' },
  { code: 404, retry: false, zh: '账号不存在', en: 'This account does not exist', cause: 'Object not found', fix: 'Register the account first' },
  { code: 414, retry: false, zh: '参数有误', en: 'Something in the request is wrong', cause: 'Parameter error', fix: 'Check the parameters of the call' },
  { code: 416, retry: true, zh: '操作太频繁，请稍后再试', en: 'Too many requests. Please wait a moment', cause: 'Rate limit reached', fix: 'Slow down' },
  { code: 417, retry: false, zh: '已在其他设备登录', en: 'Already signed in on another device', cause: 'Multi-login forbidden by policy', fix: 'Change the login policy or sign the other device out' },
  { code: 422, retry: false, zh: '账号已被封禁', en: 'This account is banned', cause: 'Account banned', fix: 'Lift the ban in the Yunxin console' },
  { code: 500, retry: true, zh: '服务器出错，正在重试', en: 'Server error, trying again', cause: 'Internal server error', fix: 'None; retried' },
  { code: 503, retry: true, zh: '服务器繁忙，正在重试', en: 'The server is busy, trying again', cause: 'Server busy', fix: 'None; retried' },
  { code: 511, retry: true, zh: '业务服务器无响应', en: 'The app server does not answer', cause: 'The app server could not be reached', fix: 'Check the callback address' },
  { code: 514, retry: true, zh: '服务暂不可用', en: 'The service is not available now', cause: 'Service unavailable', fix: 'Retry later' },
  { code: 997, retry: false, zh: '没有权限', en: 'You are not allowed to do this', cause: 'No permission', fix: 'Check the feature in the Yunxin console' },
  { code: 101301, retry: false, zh: '即时通讯功能未开通', en: 'Messaging is not enabled for this app', cause: 'IM is disabled for the app key', fix: 'Enable IM in the Yunxin console' },
  { code: 101302, retry: false, zh: '服务地址无效', en: 'The service address is not valid', cause: 'Service address invalid', fix: 'Check LBS URL and linkUrl' },
  { code: 101303, retry: false, zh: '应用标识不存在', en: 'The app key does not exist', cause: 'Unknown app key', fix: 'Check TARO_APP_APPKEY' },
  { code: 101304, retry: false, zh: '应用包名校验失败', en: 'The app identity check failed', cause: 'Bundle id check failed', fix: 'Register the app id in the Yunxin console' },
  { code: 101403, retry: false, zh: '应用已被停用', en: 'This app has been disabled', cause: 'App key blocked or unknown', fix: 'Check TARO_APP_APPKEY in the Yunxin console' },
  { code: 102302, retry: false, zh: '账号或密码不正确，请重新登录', en: 'Wrong account or token. Please sign in again', cause: 'Invalid token', fix: 'Check the token and its expiry' },
  { code: 102303, retry: false, zh: '机器人账号不能登录', en: 'Robot accounts cannot sign in', cause: 'Robot not allowed', fix: 'Use a user account' },
  { code: 102404, retry: false, zh: '账号不存在', en: 'This account does not exist', cause: 'Account not registered under this app key', fix: 'Register the account, check the app key' },
  { code: 102421, retry: true, zh: '你已被禁言', en: 'You have been muted', cause: 'Account chat-banned', fix: 'Lift the mute in the Yunxin console' },
  { code: 102422, retry: false, zh: '账号已被封禁', en: 'This account is banned', cause: 'Account banned', fix: 'Lift the ban in the Yunxin console' },
  { code: 102426, retry: true, zh: '对方已拒收你的消息', en: 'The other side does not accept your messages', cause: 'Sender is on the receiver’s block list', fix: 'None' },
  { code: 190001, retry: true, zh: '程序内部错误', en: 'Something went wrong inside the app', cause: 'Internal error', fix: 'Report it with the diagnostics' },
  { code: 190002, retry: true, zh: '尚未连接，请稍后再试', en: 'Not connected yet. Please try again', cause: 'Illegal state: not logged in', fix: 'Wait for online' },
  { code: 191001, retry: false, zh: '调用方式有误', en: 'The app used the service in a wrong way', cause: 'Misuse of the SDK', fix: 'Read docs/connection.md' },
  { code: 191002, retry: true, zh: '已取消', en: 'Cancelled', cause: 'Cancelled, or replaced by a newer operation', fix: 'None' },
  { code: 191003, retry: true, zh: '获取登录凭证失败，正在重试', en: 'Could not get a sign-in token, trying again', cause: 'tokenProvider or loginExtensionProvider failed', fix: 'Check the app server' },
  { code: 191004, retry: false, zh: '请填写完整的账号信息', en: 'Please fill in the account completely', cause: 'Invalid parameter', fix: 'Check the parameters' },
  { code: 191005, retry: true, zh: '连接超时，正在重试', en: 'Timed out, trying again', cause: 'Timeout', fix: 'Check the network' },
  { code: 191006, retry: true, zh: '内容不存在', en: 'It does not exist', cause: 'Resource does not exist', fix: 'None' },
  { code: 192001, retry: true, zh: '连接失败，正在重试', en: 'Could not connect, trying again', cause: 'Connect failed', fix: 'Check the network, the link host and both domain lists' },
  { code: 192002, retry: true, zh: '连接超时，正在重试', en: 'Connecting timed out, trying again', cause: 'No 1:: within 8 s', fix: 'Check the network' },
  { code: 192003, retry: true, zh: '连接已断开，正在重连', en: 'Disconnected, reconnecting', cause: 'The link broke', fix: 'None; reconnects' },
  { code: 192004, retry: true, zh: '服务器没有回应', en: 'The server did not answer', cause: 'No reply within 8 s', fix: 'Retry' },
  { code: 192005, retry: true, zh: '发送失败', en: 'Could not send', cause: 'The packet could not be sent', fix: 'Retry' },
  { code: 192006, retry: true, zh: '请求失败', en: 'The request failed', cause: 'Request failed', fix: 'Retry' },
  { code: 194001, retry: false, zh: '文件已不在本机，请重新选择', en: 'The file is no longer on this device. Please choose it again', cause: 'File not found', fix: 'None' },
  { code: 194006, retry: true, zh: '上传失败', en: 'Upload failed', cause: 'File upload failed', fix: 'Retry; check the uploadFile domain list' },
  { code: 195001, retry: true, zh: '消息包含敏感词', en: 'The message contains forbidden words', cause: 'Client antispam', fix: 'None' },
  { code: 195002, retry: true, zh: '消息包含违规内容', en: 'The message contains forbidden content', cause: 'Server antispam', fix: 'None' },
  { code: 600002, retry: false, zh: '小程序域名未配置，请联系开发者', en: 'A domain is not configured. Please contact the developer', cause: 'url not in domain list', fix: 'Add the named host to the named list in the WeChat console' },
  { code: 600100, retry: false, zh: '小程序配置有误，请联系开发者', en: 'The app is not configured correctly', cause: 'Configuration error', fix: 'Fix the fields named in the message' },
  { code: 600101, retry: false, zh: '已在其他设备登录', en: 'You signed in on another device', cause: 'Kicked by another client', fix: 'Sign in again, or change the login policy' },
  { code: 600102, retry: false, zh: '已被服务端下线', en: 'The server signed you out', cause: 'Kicked by the server', fix: 'See the kick’s description' },
  { code: 600103, retry: true, zh: '没有网络，请检查网络设置', en: 'You are offline. Please check your network', cause: 'The device has no network', fix: 'None; reconnects when the network is back' },
  { code: 600104, retry: true, zh: '服务器暂时无法访问', en: 'The app server cannot be reached', cause: 'The app server did not answer', fix: 'Check TARO_APP_APP_SERVER and the request domain list' },
  { code: 600105, retry: true, zh: '服务器返回了无法识别的内容', en: 'The app server answered something unexpected', cause: 'Answer is not of the contract', fix: 'See docs/app-server.md' },
  { code: 600106, retry: false, zh: '获取的登录凭证无效，请联系开发者', en: 'The sign-in token from the app server is not valid. Please contact the developer', cause: 'tokenProvider or loginExtensionProvider answered with no text', fix: 'The provider must resolve with a non-empty string' },
  { code: 600107, retry: false, zh: '登录状态已过期，请重新登录', en: 'Your session has expired. Please sign in again', cause: 'The app server knows no such session, and a new one did not help', fix: 'Check how the app server keeps its sessions (docs/app-server.md)' },
  { code: 600108, retry: false, zh: '这不是你的账号，不能用它登录', en: 'This is not your account', cause: 'A token was asked for an account that does not belong to the session', fix: 'Leave the account empty: the app server knows it' },
  { code: 600109, retry: false, zh: '已被你的其他设备下线', en: 'Your other device signed this one out', cause: 'Signed out by another client of the same account', fix: 'Sign in again' },
  { code: 600111, retry: false, zh: '会议组件的调用顺序有误', en: 'The meeting kit was used in the wrong order', cause: 'A step of IM reuse was out of order', fix: 'See docs/im-reuse.md' },
  { code: 600112, retry: false, zh: '尚未接入会议组件', en: 'No meeting kit is plugged in', cause: 'No meeting kit is plugged in', fix: 'See docs/im-reuse.md' },
  { code: 600113, retry: false, zh: '会议组件不支持这种登录方式', en: 'The meeting kit does not offer this way to sign in', cause: 'The kit has no such login method', fix: 'Choose one of the ways the kit lists' },
  { code: 600114, retry: true, zh: '聊天组件下载失败，正在重试', en: 'A part of the app could not be downloaded, trying again', cause: 'WeChat did not load the sub-package packages/sdk', fix: 'Check the network; base library 2.17.3 or newer is needed' },
  { code: 600120, retry: false, zh: '你已被管理员移出聊天室', en: 'A manager removed you from the room', cause: 'Kicked from the chatroom', fix: 'Enter again when you are allowed to' },
  { code: 600121, retry: false, zh: '你已在其他设备进入聊天室', en: 'You entered the room on another device', cause: 'Kicked from the chatroom by an own client', fix: 'Change the chatroom login policy in the Yunxin console' },
  { code: 600122, retry: false, zh: '你已进入其他聊天室', en: 'You entered another room', cause: 'Another room needed the socket', fix: 'None; a mini-program has 2 sockets to one host' },
  { code: 600201, retry: false, zh: '此功能未在隐私保护指引中声明，请联系开发者', en: 'The privacy guide does not name this function. Please contact the developer', cause: 'WeChat errno 112: the privacy guide does not declare this API', fix: 'Declare the API in the user privacy guide of the WeChat console' },
  { code: 600202, retry: true, zh: '同意隐私保护指引后才能使用此功能', en: 'Please agree to the privacy guide to use this', cause: 'WeChat errno 104: the user did not agree to the privacy guide', fix: 'None; WeChat asks again' },
  { code: 600203, retry: true, zh: '没有权限，请在微信设置中允许', en: 'Not allowed. Please permit it in the settings of WeChat', cause: 'The user or the system denied the permission', fix: 'None; the user changes it in the settings' },
  { code: 600204, retry: false, zh: '当前版本不支持此功能', en: 'This version cannot do this', cause: 'The API is missing from this base library', fix: 'Raise the minimum base library, or offer another way' },
  { code: 600205, retry: true, zh: '没有回应，请重试', en: 'There was no answer. Please try again', cause: 'A call to WeChat was not answered within 10 s', fix: 'None' },
  { code: 600206, retry: true, zh: '未能完成操作，请重试', en: 'This could not be done. Please try again', cause: 'A call to WeChat failed', fix: 'Read the errMsg in the journal' },
];

const TABLE = new Map<number, Reason>();

/** Adds the rows of a sub-package, which the main package has no room for. */
export function addReasons(rows: readonly ReasonRow[]): void {
  for (const { zh, en, ...row } of rows) TABLE.set(row.code, { ...row, text: { zh, en } });
}

addReasons(ROWS);

// Rows that the main package does not need: the services of the SDK give these codes, and a listener of this promise
// runs before the login that loads the SDK.
if (process.env.TARO_ENV === 'weapp') void sdkFile.whenLoaded.then(() => addReasons(serviceRows()));
else addReasons(SERVICE_ROWS);

const NOT_ACCEPTED_ZH = '登录验证未通过，请重试或联系管理员';
const NOT_ACCEPTED_EN =
  'Your sign-in was not accepted. Please try again or contact the administrator';

/** Codes whose text is "sign in again" after the user has been signed in. */
const SIGN_IN_AGAIN: readonly number[] = [302, 102302];

/** Returns the row of a code. An unknown code gets a general row that shows the number and may be retried. */
export function reasonOf(code: number): Reason {
  return (
    TABLE.get(code) ?? {
      code,
      retry: true,
      text: { zh: `出现问题（${code}）`, en: `Something went wrong (${code})` },
      cause: 'Unknown code',
      fix: 'Look the code up in the Yunxin documents',
    }
  );
}

/** The text for a user whose running login ended with `code`. */
export function signedOutText(code: number): Reason['text'] {
  return SIGN_IN_AGAIN.includes(code)
    ? { zh: SIGN_IN_AGAIN_ZH, en: SIGN_IN_AGAIN_EN }
    : reasonOf(code).text;
}

/**
 * The text for a user whose sign-in was refused with `code` and who typed no password: one tap, a dynamic
 * token or a third-party callback.
 */
export function notAcceptedText(code: number): Reason['text'] {
  return SIGN_IN_AGAIN.includes(code)
    ? { zh: NOT_ACCEPTED_ZH, en: NOT_ACCEPTED_EN }
    : reasonOf(code).text;
}

/** All rows, for catalogues and tests. */
export function allReasons(): readonly Reason[] {
  return [...TABLE.values()];
}
