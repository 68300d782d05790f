/** Longest text that is read, UTF-16 units: a sender may write any length. */
const READ = 300;

/**
 * Controls, invisible characters, and those that turn the direction: "gpj.exe" would read "exe.jpg". Not U+200D,
 * which joins the parts of an emoji.
 */
const UNSEEN =
  // eslint-disable-next-line no-control-regex -- control characters are what is removed
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;

/** A text on one line, without characters that hide or reverse a part of it. */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, '').replace(/\s+/g, ' ').trim();
}

/** A name that somebody else wrote, on one line and without characters that hide or reverse a part of it. */
export function oneLine(text: string): string {
  return visibleText(text.slice(0, READ));
}
