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
 * The reasons that only the services of the SDK give. In the mini-program these rows are in the file of the SDK; the
 * rows of a sign-in and of WeChat are in src/connection/reasons.ts, those of rooms and kits in room-reasons.ts there.
 * Sources: docs/yunxin-protocol.md, section 1.4.
 */
// prettier-ignore
export const SERVICE_ROWS: readonly ReasonRow[] = [
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
