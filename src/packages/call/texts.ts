import { textsOf } from '@/i18n';
import type { EndCause } from '@/stores';

const zhCN = {
  none: '当前没有通话',
  calling: '正在等待对方接受邀请…',
  connecting: '接通中…',
  invitesVideo: '邀请你视频通话',
  invitesAudio: '邀请你语音通话',
  peerMuted: '对方已静音',
  peerCameraOff: '对方已关闭摄像头',
  accept: '接听',
  reject: '拒绝',
  cancel: '取消',
  hangUp: '挂断',
  mute: '麦克风',
  speaker: '扬声器',
  camera: '摄像头',
  toAudio: '切到语音',
  toVideo: '切到视频',
  on: '已开',
  off: '已关',
  'end.hungUp': '通话结束',
  'end.rejected': '已拒绝',
  'end.peerRejected': '对方已拒绝',
  'end.busy': '对方忙线中',
  'end.timeout': '无人接听',
  'end.cancelled': '已取消',
  'end.peerCancelled': '对方已取消',
  'end.answeredElsewhere': '已在其他设备接听',
  'end.rejectedElsewhere': '已在其他设备拒绝',
  'end.failed': '通话失败',
  'end.lost': '通话已断开',
} as const;

export type CallKey = keyof typeof zhCN;

const en: Readonly<Record<CallKey, string>> = {
  none: 'There is no call now',
  calling: 'Waiting for an answer…',
  connecting: 'Connecting…',
  invitesVideo: 'invites you to a video call',
  invitesAudio: 'invites you to a voice call',
  peerMuted: 'The other side is muted',
  peerCameraOff: 'The other side’s camera is off',
  accept: 'Accept',
  reject: 'Decline',
  cancel: 'Cancel',
  hangUp: 'Hang up',
  mute: 'Microphone',
  speaker: 'Speaker',
  camera: 'Camera',
  toAudio: 'Voice only',
  toVideo: 'To video',
  on: 'on',
  off: 'off',
  'end.hungUp': 'Call ended',
  'end.rejected': 'Declined',
  'end.peerRejected': 'The call was declined',
  'end.busy': 'The other side is busy',
  'end.timeout': 'No answer',
  'end.cancelled': 'Cancelled',
  'end.peerCancelled': 'The caller gave up',
  'end.answeredElsewhere': 'Answered on another device',
  'end.rejectedElsewhere': 'Declined on another device',
  'end.failed': 'The call failed',
  'end.lost': 'The call was cut off',
};

/** The texts of this sub-package; they are not in the main package. */
export const callTexts = textsOf<CallKey>('call', { 'zh-CN': zhCN, en });

/** The text key for the end of a call, from the reader's side. */
export function endKey(cause: EndCause, direction: 'outgoing' | 'incoming'): CallKey {
  if (cause === 'rejected') return direction === 'outgoing' ? 'end.peerRejected' : 'end.rejected';
  if (cause === 'cancelled')
    return direction === 'outgoing' ? 'end.cancelled' : 'end.peerCancelled';
  return `end.${cause}`;
}
