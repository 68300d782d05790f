import { addReasons } from './reasons';

/**
 * The refusals of rooms and of meeting kits. Their sub-packages import this file: a guest enters a room without the IM
 * SDK, whose file has the other rows of services, and the rows decide whether an attempt is repeated.
 */
// prettier-ignore
addReasons([
  { code: 1026, retry: false, zh: '会议登录已过期，请重新登录会议', en: 'The meeting sign-in has expired. Please sign in to meetings again', cause: 'A meeting kit: its token has expired', fix: 'Ask the app server for a new token of the room account' },
  { code: 1027, retry: false, zh: '会议账号的凭证不正确', en: 'The token of the meeting account is wrong', cause: 'A meeting kit: its token is not correct', fix: 'Check userUuid and userToken of the room account' },
  { code: 100004, retry: false, zh: '请先登录 IM，再登录会议', en: 'Sign in to IM first, then to the meeting', cause: 'IM reuse is on and IM is not signed in', fix: 'Make sure that the IM SDK is signed in before the meeting kit signs in' },
  { code: 100005, retry: false, zh: '会议账号与当前 IM 账号不匹配', en: 'The meeting account does not belong to this IM account', cause: 'IM reuse is on and the room account is bound to another IM account', fix: 'Create the room account again with the imAccid and imToken of this IM account' },
  { code: 112001, retry: false, zh: '复用 IM 时不支持匿名入会', en: 'Anonymous joining is not possible while IM is shared', cause: 'IM reuse does not support joining anonymously', fix: 'Join another way, or switch IM reuse off' },
  { code: 113304, retry: true, zh: '聊天室地址暂不可用，正在重试', en: 'The room cannot be reached now, trying again', cause: 'No link address for the room', fix: 'None; retried' },
  { code: 113305, retry: true, zh: '即时通讯连接异常，正在重试', en: 'Messaging is not connected, trying again', cause: 'The IM connection is not in order', fix: 'None; the address is asked of the app server' },
  { code: 113404, retry: false, zh: '聊天室不存在', en: 'This room does not exist', cause: 'No such chatroom', fix: 'Create the room on the app server' },
  { code: 113406, retry: false, zh: '聊天室已关闭', en: 'This room has been closed', cause: 'The chatroom is closed', fix: 'Open it again on the app server' },
  { code: 113409, retry: true, zh: '请勿重复操作', en: 'This has been done already', cause: 'The same operation on a chatroom twice', fix: 'None' },
  { code: 113410, retry: false, zh: '聊天室功能未开通', en: 'Chatrooms are not enabled for this app', cause: 'Chatrooms are disabled for the app key', fix: 'Enable chatrooms in the Yunxin console' },
  { code: 113423, retry: true, zh: '聊天室全员禁言中', en: 'The room is muted', cause: 'All members of the chatroom are muted', fix: 'None' },
  { code: 113427, retry: true, zh: '当前聊天室状态不允许此操作', en: 'The room does not allow this now', cause: 'Refused in the chatroom’s present state', fix: 'Look the code up in the Yunxin documents' },
  { code: 113451, retry: true, zh: '聊天室资料包含违规内容', en: 'The room’s details contain forbidden content', cause: 'Antispam hit on the chatroom', fix: 'Check the antispam rules' },
  { code: 114303, retry: true, zh: '游客不能进行此操作', en: 'Guests cannot do this', cause: 'Not for anonymous members', fix: 'Sign in and enter again' },
  { code: 114404, retry: true, zh: '该成员不在聊天室', en: 'This person is not in the room', cause: 'Chatroom member does not exist', fix: 'None' },
  { code: 114405, retry: true, zh: '请勿重复操作', en: 'This has been done already', cause: 'The same operation on a member twice', fix: 'None' },
  { code: 114421, retry: true, zh: '你在聊天室已被禁言', en: 'You are muted in this room', cause: 'Chatroom member muted', fix: 'None' },
  { code: 114426, retry: false, zh: '你已被加入该聊天室黑名单', en: 'You have been blocked from this room', cause: 'On the block list of the chatroom', fix: 'Take the account off the block list' },
  { code: 114427, retry: true, zh: '只有房主可以进行此操作', en: 'Only the owner of the room can do this', cause: 'Needs the chatroom’s creator', fix: 'None' },
  { code: 114429, retry: true, zh: '不能对自己进行此操作', en: 'You cannot do this to yourself', cause: 'Own account among the targets', fix: 'None' },
  { code: 114432, retry: true, zh: '只有房主和管理员可以进行此操作', en: 'Only the owner and managers can do this', cause: 'Needs the creator or a manager', fix: 'None' },
  { code: 114437, retry: true, zh: '聊天室成员数已达上限', en: 'The room is full', cause: 'Chatroom member limit', fix: 'Raise the limit in the Yunxin console' },
  { code: 114449, retry: true, zh: '操作冲突，请重试', en: 'Somebody did the same just now. Please try again', cause: 'Concurrent operation on a member', fix: 'Retry' },
  { code: 114451, retry: true, zh: '成员资料包含违规内容', en: 'Your details contain forbidden content', cause: 'Antispam hit on a chatroom member', fix: 'Check the antispam rules' },
]);
