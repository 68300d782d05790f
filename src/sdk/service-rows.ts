/** A line of the table of reasons; the names are those of Reason (src/connection/reasons.ts). */
export interface ReasonRow {
  code: number;
  retry: boolean;
  zh: string;
  en: string;
  cause: string;
  fix: string;
}

/**
 * The reasons that only the services of the SDK, a room or a meeting kit give. In the mini-program these rows are in
 * the file of the SDK; the rows of a sign-in and of WeChat are in src/connection/reasons.ts. Sources:
 * docs/yunxin-protocol.md, section 1.4.
 */
// prettier-ignore
export const SERVICE_ROWS: readonly ReasonRow[] = [
  { code: 1026, retry: false, zh: '会议登录已过期，请重新登录会议', en: 'The meeting sign-in has expired. Please sign in to meetings again', cause: 'A meeting kit: its token has expired', fix: 'Ask the app server for a new token of the room account' },
  { code: 1027, retry: false, zh: '会议账号的凭证不正确', en: 'The token of the meeting account is wrong', cause: 'A meeting kit: its token is not correct', fix: 'Check userUuid and userToken of the room account' },
  { code: 100004, retry: false, zh: '请先登录 IM，再登录会议', en: 'Sign in to IM first, then to the meeting', cause: 'IM reuse is on and IM is not signed in', fix: 'Make sure that the IM SDK is signed in before the meeting kit signs in' },
  { code: 100005, retry: false, zh: '会议账号与当前 IM 账号不匹配', en: 'The meeting account does not belong to this IM account', cause: 'IM reuse is on and the room account is bound to another IM account', fix: 'Create the room account again with the imAccid and imToken of this IM account' },
  { code: 103404, retry: false, zh: '用户资料不存在', en: 'No such user profile', cause: 'User profile missing', fix: 'Create the profile' },
  { code: 104404, retry: true, zh: '对方不是你的好友', en: 'You are not friends', cause: 'Friend does not exist', fix: 'Add the friend first' },
  { code: 104405, retry: false, zh: '你们已经是好友', en: 'You are friends already', cause: 'Friend already exists', fix: 'Show the friend' },
  { code: 107303, retry: true, zh: '只能由发送者或管理员撤回', en: 'Only the sender or a manager can recall it', cause: 'Recall permission', fix: 'None' },
  { code: 107304, retry: true, zh: '高优先级消息发送过快，请稍后再试', en: 'Too many priority messages. Please wait a moment', cause: 'Rate limit of high-priority messages', fix: 'Slow down' },
  { code: 107306, retry: true, zh: '这条消息已经发送过', en: 'This message was sent before', cause: 'The same messageClientId again', fix: 'None' },
  { code: 107314, retry: true, zh: '超过可撤回时间', en: 'It is too late to recall this message', cause: 'Recall exceeds the time limit', fix: 'Set the limit in the Yunxin console' },
  { code: 107315, retry: true, zh: '这条消息不能撤回', en: 'This message cannot be recalled', cause: 'Recall not allowed', fix: 'None' },
  { code: 107319, retry: true, zh: '标记的消息已达上限', en: 'This chat has too many pinned messages', cause: 'Limit of pinned messages of a conversation', fix: 'Unpin a message' },
  { code: 107320, retry: true, zh: '消息未被标记', en: 'This message is not pinned', cause: 'Pin does not exist', fix: 'None' },
  { code: 107321, retry: true, zh: '这条消息的表情回应已达上限', en: 'This message has too many reactions', cause: 'Limit of quick comments of a message', fix: 'None' },
  { code: 107322, retry: true, zh: '消息已被标记', en: 'This message is pinned already', cause: 'Pin exists', fix: 'None' },
  { code: 107323, retry: true, zh: '发送太频繁，请稍后再试', en: 'You are sending too fast', cause: 'Message rate limit', fix: 'Slow down' },
  { code: 107404, retry: true, zh: '消息不存在', en: 'This message does not exist', cause: 'Message not found', fix: 'None' },
  { code: 107410, retry: true, zh: '当前应用已禁言', en: 'Messaging is muted for this app', cause: 'App chat-banned', fix: 'Check the Yunxin console' },
  { code: 107429, retry: true, zh: '不能撤回发给自己的消息', en: 'A message to yourself cannot be recalled', cause: 'Recall to self', fix: 'None' },
  { code: 107451, retry: true, zh: '消息包含违规内容', en: 'The message contains forbidden content', cause: 'Antispam hit', fix: 'Check the antispam rules' },
  { code: 108306, retry: true, zh: '群禁言中', en: 'The group is muted', cause: 'Team muted for normal members', fix: 'None' },
  { code: 108404, retry: true, zh: '群不存在', en: 'This group does not exist', cause: 'Team not found', fix: 'None' },
  { code: 108423, retry: true, zh: '群全员禁言中', en: 'Everybody in the group is muted', cause: 'All team members muted', fix: 'None' },
  { code: 109404, retry: true, zh: '你不在该群中', en: 'You are not in this group', cause: 'Not a team member', fix: 'None' },
  { code: 109424, retry: true, zh: '你在该群已被禁言', en: 'You are muted in this group', cause: 'Team member muted', fix: 'None' },
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
  { code: 118301, retry: true, zh: '通话频道已存在', en: 'This call channel exists already', cause: 'Signalling channel name in use', fix: 'None; the channel is looked up by its name' },
  { code: 118302, retry: true, zh: '通话已在其他设备接听', en: 'The call was answered already', cause: 'The invitation was accepted before', fix: 'None' },
  { code: 118303, retry: true, zh: '你已不在通话中', en: 'You are no longer in this call', cause: 'Not a member of the signalling channel', fix: 'None' },
  { code: 118304, retry: true, zh: '你已在通话中', en: 'You are in this call already', cause: 'Already a member of the signalling channel', fix: 'None' },
  { code: 118305, retry: true, zh: '你已在其他设备加入通话', en: 'You joined this call on another device', cause: 'The account is in the channel with another device', fix: 'Leave there first' },
  { code: 118306, retry: true, zh: '通话成员编号重复', en: 'This call has two members with one number', cause: 'uid not unique in the signalling channel', fix: 'Leave the uid to the server' },
  { code: 118307, retry: true, zh: '对方已拒绝', en: 'The call was declined', cause: 'The invitation was rejected before', fix: 'None' },
  { code: 118308, retry: true, zh: '对方不在线，已发送通知', en: 'The other side is not online and was notified', cause: 'Callee offline, reachable by push', fix: 'None' },
  { code: 118309, retry: true, zh: '对方不在线', en: 'The other side is not online', cause: 'Callee offline', fix: 'None' },
  { code: 118310, retry: true, zh: '通话已取消', en: 'The call was cancelled', cause: 'No such invitation', fix: 'None' },
  { code: 118404, retry: true, zh: '通话已结束', en: 'The call has ended', cause: 'The signalling channel is gone', fix: 'None' },
  { code: 118437, retry: true, zh: '通话人数已满', en: 'The call is full', cause: 'Member limit of the signalling channel', fix: 'None' },
  { code: 189301, retry: true, zh: '收藏已达上限', en: 'You have too many favourites', cause: 'Limit of collections of an account', fix: 'Remove a collection' },
  { code: 189302, retry: true, zh: '收藏不存在', en: 'This favourite does not exist', cause: 'Collection not found', fix: 'None' },
];
