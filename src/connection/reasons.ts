/** One code, once: the screen and the tests read the same row. */
export interface Reason {
  code: number;
  /** Trying again may help. False stops every automatic attempt. */
  retry: boolean;
  /** What the user is told. */
  text: { zh: string; en: string };
  /** What happened, for developers. */
  cause: string;
  /** What a developer can do. */
  fix: string;
}

type Row = readonly [
  code: number,
  retry: 0 | 1,
  zh: string,
  en: string,
  cause: string,
  fix: string,
];

const SIGN_IN_AGAIN_ZH = '登录已失效，请重新登录';
const SIGN_IN_AGAIN_EN = 'Your sign-in is no longer valid. Please sign in again';

/** Sources: yunxin-wire-protocol appendix C and 1.4, seeds 001, 003; 600xxx are WeChat's errno and our own. */
// prettier-ignore
const ROWS: readonly Row[] = [
  [201, 0, '客户端版本过低，请更新小程序', 'This version is too old. Please update', 'The handshake was refused', 'Update nim-web-sdk-ng'],
  [302, 0, '账号或密码不正确，请重新登录', 'Wrong account or token. Please sign in again', 'Account, token or third-party callback said no', 'Check the token, its expiry and the callback service'],
  [317, 0, '服务端拒绝登录', 'The server refused this sign-in', 'Login refused by the server', 'Ask Yunxin support with this code'],
  [398, 1, '请求暂时被拒绝，请稍后再试', 'Refused for the moment. Please try later', 'Request temporarily forbidden', 'Slow down'],
  [399, 1, '服务器繁忙，正在换一台服务器', 'The server is busy, trying another one', 'The link server asks to go elsewhere', 'None; the next attempt asks the LBS again'],
  [402, 0, '会议账号未获授权', 'The meeting account is not authorised', 'A room kit: unauthorised', 'Check the room account, its token and the room component in the Yunxin console'],
  [403, 0, '没有权限，请联系管理员', 'You have no permission. Please contact the administrator', 'Forbidden: by the login policy, or in a room by the role', 'Set the login policy in the Yunxin console'],
  [404, 0, '账号不存在', 'This account does not exist', 'Object not found', 'Register the account first'],
  [414, 0, '参数有误', 'Something in the request is wrong', 'Parameter error', 'Check the parameters of the call'],
  [416, 1, '操作太频繁，请稍后再试', 'Too many requests. Please wait a moment', 'Rate limit reached', 'Slow down'],
  [417, 0, '已在其他设备登录', 'Already signed in on another device', 'Multi-login forbidden by policy', 'Change the login policy or sign the other device out'],
  [422, 0, '账号已被封禁', 'This account is banned', 'Account banned', 'Lift the ban in the Yunxin console'],
  [500, 1, '服务器出错，正在重试', 'Server error, trying again', 'Internal server error', 'None; retried'],
  [503, 1, '服务器繁忙，正在重试', 'The server is busy, trying again', 'Server busy', 'None; retried'],
  [511, 1, '业务服务器无响应', 'The app server does not answer', 'The app server could not be reached', 'Check the callback address'],
  [514, 1, '服务暂不可用', 'The service is not available now', 'Service unavailable', 'Retry later'],
  [997, 0, '没有权限', 'You are not allowed to do this', 'No permission', 'Check the feature in the Yunxin console'],
  [1026, 0, '会议登录已过期，请重新登录会议', 'The meeting sign-in has expired. Please sign in to meetings again', 'A room kit: its token has expired', 'Ask the app server for a new token of the room account'],
  [1027, 0, '会议账号的凭证不正确', 'The token of the meeting account is wrong', 'A room kit: its token is not correct', 'Check userUuid and userToken of the room account'],
  [100004, 0, '请先登录 IM，再登录会议', 'Sign in to IM first, then to the meeting', 'IM reuse is on and IM is not signed in', 'Make sure that the IM SDK is signed in before the room kit signs in'],
  [100005, 0, '会议账号与当前 IM 账号不匹配', 'The meeting account does not belong to this IM account', 'IM reuse is on and the room account is bound to another IM account', 'Create the room account again with the imAccid and imToken of this IM account'],
  [101301, 0, '即时通讯功能未开通', 'Messaging is not enabled for this app', 'IM is disabled for the app key', 'Enable IM in the Yunxin console'],
  [101302, 0, '服务地址无效', 'The service address is not valid', 'Service address invalid', 'Check LBS URL and linkUrl'],
  [101303, 0, '应用标识不存在', 'The app key does not exist', 'Unknown app key', 'Check TARO_APP_APPKEY'],
  [101304, 0, '应用包名校验失败', 'The app identity check failed', 'Bundle id check failed', 'Register the app id in the Yunxin console'],
  [101403, 0, '应用已被停用', 'This app has been disabled', 'App key blocked or unknown', 'Check TARO_APP_APPKEY in the Yunxin console'],
  [102302, 0, '账号或密码不正确，请重新登录', 'Wrong account or token. Please sign in again', 'Invalid token', 'Check the token and its expiry'],
  [102303, 0, '机器人账号不能登录', 'Robot accounts cannot sign in', 'Robot not allowed', 'Use a user account'],
  [102404, 0, '账号不存在', 'This account does not exist', 'Account not registered under this app key', 'Register the account, check the app key'],
  [102421, 1, '你已被禁言', 'You have been muted', 'Account chat-banned', 'Lift the mute in the Yunxin console'],
  [102422, 0, '账号已被封禁', 'This account is banned', 'Account banned', 'Lift the ban in the Yunxin console'],
  [102426, 1, '对方已拒收你的消息', 'The other side does not accept your messages', 'Sender is on the receiver’s block list', 'None'],
  [103404, 0, '用户资料不存在', 'No such user profile', 'User profile missing', 'Create the profile'],
  [104404, 1, '对方不是你的好友', 'You are not friends', 'Friend does not exist', 'Add the friend first'],
  [107303, 1, '只能由发送者或管理员撤回', 'Only the sender or a manager can recall it', 'Recall permission', 'None'],
  [107304, 1, '高优先级消息发送过快，请稍后再试', 'Too many priority messages. Please wait a moment', 'Rate limit of high-priority messages', 'Slow down'],
  [107306, 1, '这条消息已经发送过', 'This message was sent before', 'The same messageClientId again', 'None'],
  [107314, 1, '超过可撤回时间', 'It is too late to recall this message', 'Recall exceeds the time limit', 'Set the limit in the Yunxin console'],
  [107315, 1, '这条消息不能撤回', 'This message cannot be recalled', 'Recall not allowed', 'None'],
  [107323, 1, '发送太频繁，请稍后再试', 'You are sending too fast', 'Message rate limit', 'Slow down'],
  [107404, 1, '消息不存在', 'This message does not exist', 'Message not found', 'None'],
  [107410, 1, '当前应用已禁言', 'Messaging is muted for this app', 'App chat-banned', 'Check the Yunxin console'],
  [107429, 1, '不能撤回发给自己的消息', 'A message to yourself cannot be recalled', 'Recall to self', 'None'],
  [107451, 1, '消息包含违规内容', 'The message contains forbidden content', 'Antispam hit', 'Check the antispam rules'],
  [108306, 1, '群禁言中', 'The group is muted', 'Team muted for normal members', 'None'],
  [108404, 1, '群不存在', 'This group does not exist', 'Team not found', 'None'],
  [109404, 1, '你不在该群中', 'You are not in this group', 'Not a team member', 'None'],
  [109424, 1, '你在该群已被禁言', 'You are muted in this group', 'Team member muted', 'None'],
  [112001, 0, '复用 IM 时不支持匿名入会', 'Anonymous joining is not possible while IM is shared', 'IM reuse does not support joining anonymously', 'Join another way, or switch IM reuse off'],
  [113304, 1, '聊天室地址暂不可用，正在重试', 'The room cannot be reached now, trying again', 'No link address for the room', 'None; retried'],
  [113305, 1, '即时通讯连接异常，正在重试', 'Messaging is not connected, trying again', 'The IM connection is not in order', 'None; the address is asked of the app server'],
  [113404, 0, '聊天室不存在', 'This room does not exist', 'No such chatroom', 'Create the room on the app server'],
  [113406, 0, '聊天室已关闭', 'This room has been closed', 'The chatroom is closed', 'Open it again on the app server'],
  [113409, 1, '请勿重复操作', 'This has been done already', 'The same operation on a chatroom twice', 'None'],
  [113410, 0, '聊天室功能未开通', 'Chatrooms are not enabled for this app', 'Chatrooms are disabled for the app key', 'Enable chatrooms in the Yunxin console'],
  [113423, 1, '聊天室全员禁言中', 'The room is muted', 'All members of the chatroom are muted', 'None'],
  [113427, 1, '当前聊天室状态不允许此操作', 'The room does not allow this now', 'Refused in the chatroom’s present state', 'Look the code up in the Yunxin documents'],
  [113451, 1, '聊天室资料包含违规内容', 'The room’s details contain forbidden content', 'Antispam hit on the chatroom', 'Check the antispam rules'],
  [114303, 1, '游客不能进行此操作', 'Guests cannot do this', 'Not for anonymous members', 'Sign in and enter again'],
  [114404, 1, '该成员不在聊天室', 'This person is not in the room', 'Chatroom member does not exist', 'None'],
  [114405, 1, '请勿重复操作', 'This has been done already', 'The same operation on a member twice', 'None'],
  [114421, 1, '你在聊天室已被禁言', 'You are muted in this room', 'Chatroom member muted', 'None'],
  [114426, 0, '你已被加入该聊天室黑名单', 'You have been blocked from this room', 'On the block list of the chatroom', 'Take the account off the block list'],
  [114427, 1, '只有房主可以进行此操作', 'Only the owner of the room can do this', 'Needs the chatroom’s creator', 'None'],
  [114429, 1, '不能对自己进行此操作', 'You cannot do this to yourself', 'Own account among the targets', 'None'],
  [114432, 1, '只有房主和管理员可以进行此操作', 'Only the owner and managers can do this', 'Needs the creator or a manager', 'None'],
  [114437, 1, '聊天室成员数已达上限', 'The room is full', 'Chatroom member limit', 'Raise the limit in the Yunxin console'],
  [114449, 1, '操作冲突，请重试', 'Somebody did the same just now. Please try again', 'Concurrent operation on a member', 'Retry'],
  [114451, 1, '成员资料包含违规内容', 'Your details contain forbidden content', 'Antispam hit on a chatroom member', 'Check the antispam rules'],
  [118301, 1, '通话频道已存在', 'This call channel exists already', 'Signalling channel name in use', 'None; the channel is looked up by its name'],
  [118302, 1, '通话已在其他设备接听', 'The call was answered already', 'The invitation was accepted before', 'None'],
  [118303, 1, '你已不在通话中', 'You are no longer in this call', 'Not a member of the signalling channel', 'None'],
  [118304, 1, '你已在通话中', 'You are in this call already', 'Already a member of the signalling channel', 'None'],
  [118305, 1, '你已在其他设备加入通话', 'You joined this call on another device', 'The account is in the channel with another device', 'Leave there first'],
  [118306, 1, '通话成员编号重复', 'This call has two members with one number', 'uid not unique in the signalling channel', 'Leave the uid to the server'],
  [118307, 1, '对方已拒绝', 'The call was declined', 'The invitation was rejected before', 'None'],
  [118308, 1, '对方不在线，已发送通知', 'The other side is not online and was notified', 'Callee offline, reachable by push', 'None'],
  [118309, 1, '对方不在线', 'The other side is not online', 'Callee offline', 'None'],
  [118310, 1, '通话已取消', 'The call was cancelled', 'No such invitation', 'None'],
  [118404, 1, '通话已结束', 'The call has ended', 'The signalling channel is gone', 'None'],
  [118437, 1, '通话人数已满', 'The call is full', 'Member limit of the signalling channel', 'None'],
  [190001, 1, '程序内部错误', 'Something went wrong inside the app', 'Internal error', 'Report it with the diagnostics'],
  [190002, 1, '尚未连接，请稍后再试', 'Not connected yet. Please try again', 'Illegal state: not logged in', 'Wait for online'],
  [191001, 0, '调用方式有误', 'The app used the service in a wrong way', 'Misuse of the SDK', 'Read docs/connection.md'],
  [191002, 1, '已取消', 'Cancelled', 'Cancelled, or replaced by a newer wish', 'None'],
  [191003, 1, '获取登录凭证失败，正在重试', 'Could not get a sign-in token, trying again', 'tokenProvider or loginExtensionProvider failed', 'Check the app server'],
  [191004, 0, '请填写完整的账号信息', 'Please fill in the account completely', 'Invalid parameter', 'Check the parameters'],
  [191005, 1, '连接超时，正在重试', 'Timed out, trying again', 'Timeout', 'Check the network'],
  [191006, 1, '内容不存在', 'It does not exist', 'Resource does not exist', 'None'],
  [192001, 1, '连接失败，正在重试', 'Could not connect, trying again', 'Connect failed', 'Check the network, the link host and both domain lists'],
  [192002, 1, '连接超时，正在重试', 'Connecting timed out, trying again', 'No 1:: within 8 s', 'Check the network'],
  [192003, 1, '连接已断开，正在重连', 'Disconnected, reconnecting', 'The link broke', 'None; reconnects'],
  [192004, 1, '服务器没有回应', 'The server did not answer', 'No reply within 8 s', 'Retry'],
  [192005, 1, '发送失败', 'Could not send', 'The packet could not be sent', 'Retry'],
  [192006, 1, '请求失败', 'The request failed', 'Request failed', 'Retry'],
  [194006, 1, '上传失败', 'Upload failed', 'File upload failed', 'Retry; check the uploadFile domain list'],
  [195001, 1, '消息包含敏感词', 'The message contains forbidden words', 'Client antispam', 'None'],
  [195002, 1, '消息包含违规内容', 'The message contains forbidden content', 'Server antispam', 'None'],
  [600002, 0, '小程序域名未配置，请联系开发者', 'A domain is not configured. Please contact the developer', 'url not in domain list', 'Add the named host to the named list in the WeChat console'],
  [600100, 0, '小程序配置有误，请联系开发者', 'The app is not configured correctly', 'Configuration error', 'Fix the fields named in the message'],
  [600101, 0, '已在其他设备登录', 'You signed in on another device', 'Kicked by another client', 'Sign in again, or change the login policy'],
  [600102, 0, '已被服务端下线', 'The server signed you out', 'Kicked by the server', 'See the kick’s description'],
  [600103, 1, '没有网络，请检查网络设置', 'You are offline. Please check your network', 'The device has no network', 'None; reconnects when the network is back'],
  [600104, 1, '服务器暂时无法访问', 'The app server cannot be reached', 'The app server did not answer', 'Check TARO_APP_APP_SERVER and the request domain list'],
  [600105, 1, '服务器返回了无法识别的内容', 'The app server answered something unexpected', 'Answer is not of the contract', 'See docs/app-server.md'],
  [600106, 0, '获取的登录凭证无效，请联系开发者', 'The sign-in token from the app server is not valid. Please contact the developer', 'tokenProvider or loginExtensionProvider answered with no text', 'The provider must resolve with a non-empty string'],
  [600107, 0, '登录状态已过期，请重新登录', 'Your session has expired. Please sign in again', 'The app server knows no such session, and a new one did not help', 'Check how the app server keeps its sessions (docs/app-server.md)'],
  [600108, 0, '这不是你的账号，不能用它登录', 'This is not your account', 'A token was asked for an account that does not belong to the session', 'Leave the account empty: the app server knows it'],
  [600109, 0, '已被你的其他设备下线', 'Your other device signed this one out', 'Signed out by another client of the same account', 'Sign in again'],
  [600111, 0, '会议组件的调用顺序有误', 'The meeting kit was used in the wrong order', 'A step of IM reuse was out of order', 'See docs/im-reuse.md'],
  [600112, 0, '尚未接入会议组件', 'No meeting kit is plugged in', 'No room kit is plugged in', 'See docs/im-reuse.md'],
  [600113, 0, '会议组件不支持这种登录方式', 'The meeting kit does not offer this way to sign in', 'The kit has no such login method', 'Choose one of the ways the kit lists'],
  [600120, 0, '你已被管理员移出聊天室', 'A manager removed you from the room', 'Kicked from the chatroom', 'Enter again when you are allowed to'],
  [600121, 0, '你已在其他设备进入聊天室', 'You entered the room on another device', 'Kicked from the chatroom by an own client', 'Change the chatroom login policy in the Yunxin console'],
  [600122, 0, '你已进入其他聊天室', 'You entered another room', 'Another room needed the socket', 'None; a mini-program has 2 sockets to one host'],
  [600201, 0, '此功能未在隐私保护指引中声明，请联系开发者', 'The privacy guide does not name this function. Please contact the developer', 'WeChat errno 112: the privacy guide does not declare this API', 'Declare the API in the user privacy guide of the WeChat console'],
  [600202, 1, '同意隐私保护指引后才能使用此功能', 'Please agree to the privacy guide to use this', 'WeChat errno 104: the user did not agree to the privacy guide', 'None; WeChat asks again'],
  [600203, 1, '没有权限，请在微信设置中允许', 'Not allowed. Please permit it in the settings of WeChat', 'The user or the system denied the permission', 'None; the user changes it in the settings'],
  [600204, 0, '当前版本不支持此功能', 'This version cannot do this', 'The API is missing from this base library', 'Raise the minimum base library, or offer another way'],
  [600205, 1, '没有回应，请重试', 'There was no answer. Please try again', 'A call to WeChat was not answered within 10 s', 'None'],
  [600206, 1, '未能完成操作，请重试', 'This could not be done. Please try again', 'A call to WeChat failed', 'Read the errMsg in the journal'],
];

const TABLE: ReadonlyMap<number, Reason> = new Map(
  ROWS.map(([code, retry, zh, en, cause, fix]) => [
    code,
    { code, retry: retry === 1, text: { zh, en }, cause, fix },
  ]),
);

const NOT_ACCEPTED_ZH = '登录验证未通过，请重试或联系管理员';
const NOT_ACCEPTED_EN =
  'Your sign-in was not accepted. Please try again or contact the administrator';

/** Codes that mean "sign in again" once the user has been signed in: the text then says so. */
const SIGN_IN_AGAIN: readonly number[] = [302, 102302];

/** The row of a code. An unknown code gets a general row that shows the number and may be retried. */
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

/** What to tell a user whose running login ended with `code`. */
export function signedOutText(code: number): Reason['text'] {
  return SIGN_IN_AGAIN.includes(code)
    ? { zh: SIGN_IN_AGAIN_ZH, en: SIGN_IN_AGAIN_EN }
    : reasonOf(code).text;
}

/**
 * What to tell a user whose sign-in was refused with `code` and who typed no password: one tap, a dynamic
 * token or a third-party callback.
 */
export function notAcceptedText(code: number): Reason['text'] {
  return SIGN_IN_AGAIN.includes(code)
    ? { zh: NOT_ACCEPTED_ZH, en: NOT_ACCEPTED_EN }
    : reasonOf(code).text;
}

/** Every row, for catalogues and tests. */
export function allReasons(): readonly Reason[] {
  return [...TABLE.values()];
}
