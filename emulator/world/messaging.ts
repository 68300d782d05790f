/** Rules for messages in chats of two, teams and super teams, as a console sets them. */
export interface MessagingSettings {
  /** Whether only friends may write to each other (104404). */
  friendsOnly: boolean;
  /** Messages per account and second (107323); 0 = no limit. */
  messagesPerSecond: number;
  /** Texts with one of these words are refused (107451). */
  antispamWords: string[];
  /** Limits of a message, in characters for the text and in bytes for the rest (414). */
  textLimit: number;
  extensionLimit: number;
  attachmentLimit: number;
  /** Whether the whole app is muted (107410). */
  chatBanned: boolean;
}

/** Settings of a new app. The limits are those of Yunxin's documents. */
export const DEFAULT_MESSAGING: Readonly<MessagingSettings> = {
  friendsOnly: false,
  messagesPerSecond: 0,
  antispamWords: [],
  textLimit: 5000,
  extensionLimit: 1024,
  attachmentLimit: 4096,
  chatBanned: false,
};
