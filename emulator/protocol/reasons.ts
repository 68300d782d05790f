/** Public result codes of the emulator, with the names of Yunxin's documents. */
export const Reason = {
  success: 200,
  invalidToken: 302,
  forbidden: 403,
  notFound: 404,
  parameterError: 414,
  multiLoginForbidden: 417,
  serverInternalError: 500,
  /** Code of the emulator alone; no Yunxin server answers it. */
  notInEmulator: 501,
  serverBusy: 503,
  imDisabled: 101301,
  appkeyNotExist: 101303,
  appkeyBlocked: 101403,
  robotNotAllowed: 102303,
  accountNotExist: 102404,
  accountChatBanned: 102421,
  accountBanned: 102422,
  accountInBlockList: 102426,
  friendNotExist: 104404,
  friendAlreadyExist: 104405,
  selfFriendOperationNotAllowed: 104429,
  selfMuteOperationNotAllowed: 105429,
  selfBlockListOperationNotAllowed: 106429,
  revokeExceedTimeLimit: 107314,
  revokeMessageNotAllowed: 107315,
  senderOrManagerPermissionOnlyRevoke: 107303,
  voiceToTextFailed: 107313,
  pinLimit: 107319,
  pinNotExist: 107320,
  quickCommentLimit: 107321,
  pinAlreadyExist: 107322,
  messageNotExist: 107404,
  teamReceiptNotFound: 108301,
  collectionLimit: 189301,
  collectionNotExist: 189302,
  teamNotExist: 108404,
  teamNormalMemberChatBanned: 108306,
  allTeamMembersChatBanned: 108423,
  rejectAllTeamApplications: 108308,
  createdTeamLimit: 108435,
  teamManagerLimit: 108303,
  operationOnTeamManagerNotAllowed: 109305,
  noTeamInvitePermission: 109306,
  teamOwnerQuitNotAllowed: 109307,
  teamOwnerInKickList: 109308,
  kickOperatorNotAllowed: 109310,
  teamMemberAlreadyExist: 109311,
  teamRequestNotExist: 109313,
  operationOnTeamOwnerNotAllowed: 109314,
  teamMemberNotExist: 109404,
  teamMemberChatBanned: 109424,
  teamOwnerRequired: 109427,
  teamOwnerOrManagerRequired: 109432,
  rateLimitReached: 107323,
  appChatBanned: 107410,
  highPriorityRateLimit: 107304,
  ackMessageNotHighPriority: 107305,
  duplicateMessageClientId: 107306,
  messageHitAntispam: 107451,
  chatroomNotExist: 113404,
  chatroomClosed: 113406,
  chatroomRepeatedOperation: 113409,
  chatroomDisabled: 113410,
  chatroomAllChatBanned: 113423,
  chatroomHitAntispam: 113451,
  chatroomAnonymousForbidden: 114303,
  chatroomMemberNotExist: 114404,
  chatroomMemberRepeatedOperation: 114405,
  chatroomMemberChatBanned: 114421,
  chatroomBlocked: 114426,
  chatroomSelfOperation: 114429,
  chatroomMemberHitAntispam: 114451,
  signallingRoomExists: 118301,
  signallingInviteAccepted: 118302,
  signallingMemberNotExist: 118303,
  signallingMemberExists: 118304,
  signallingMemberOnOtherDevice: 118305,
  signallingUidNotUnique: 118306,
  signallingInviteRejected: 118307,
  signallingOfflineButReachable: 118308,
  signallingOffline: 118309,
  signallingInviteNotExist: 118310,
  signallingRoomNotExist: 118404,
  signallingMemberLimit: 118437,
} as const;

/** Error that answers a command with this public code instead of 200. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    message = `refused with ${code}`,
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

/**
 * Returns the wire code for a public code. The SDK unpacks the codes of sids 18 and 26…99 (docs/yunxin-protocol.md,
 * section 1.4); all other sids carry the public code unchanged.
 */
export function packCode(sid: number, publicCode: number): number {
  const packed = sid === 18 || (sid >= 26 && sid <= 99);
  if (!packed || publicCode < 1000 || (publicCode >= 20000 && publicCode <= 20099)) {
    return publicCode;
  }
  const rest = publicCode - 100000;
  if (rest < 0) return publicCode;
  const group = Math.floor(rest / 1000);
  const detail = rest % 1000;
  return ((group <= 37 ? group + 1 : group + 2) << 9) | detail;
}
