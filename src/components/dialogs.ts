import Taro from '@tarojs/taro';
import { type Language, translatorFor } from '@/i18n';
import type { WxFailure } from '@/platform';
import { reasonText } from './reason-text';
import { wxAsk, wxCall, type WxOutcome } from './wx-call';

const TOAST_MS = 2500;

export interface Question {
  title?: string;
  content?: string;
  confirmText: string;
  cancelText: string;
}

/** A line on the screen for 2.5 s. */
export function toast(title: string): void {
  void wxCall(() => Taro.showToast({ title, icon: 'none', duration: TOAST_MS }));
}

/** Says why a call to WeChat failed; nothing when the user changed their mind. */
export function tellFailure(failure: WxFailure, language: Language): void {
  if (failure.kind !== 'cancelled') toast(reasonText(failure.code, language));
}

/** WeChat's dialog with two buttons: whether the user confirmed. */
export async function confirm(question: Question): Promise<boolean> {
  const { title = '', content = '', confirmText, cancelText } = question;
  const answer = await askModal({ title, content, confirmText, cancelText });
  return answer.ok && answer.value.confirm;
}

/** WeChat's dialog with one button. */
export async function inform(title: string, content: string, confirmText?: string): Promise<void> {
  await askModal({
    title,
    content,
    showCancel: false,
    ...(confirmText === undefined ? {} : { confirmText }),
  });
}

/**
 * One of a few, from WeChat's own sheet, which has six lines at most; undefined when the user tapped
 * elsewhere, and after a failure, which is said.
 */
export async function choose<T>(
  options: readonly T[],
  textOf: (option: T) => string,
  language: Language,
): Promise<T | undefined> {
  const answer = await wxAsk(() => Taro.showActionSheet({ itemList: options.map(textOf) }));
  if (answer.ok) return options[answer.value.tapIndex];
  tellFailure(answer.failure, language);
  return undefined;
}

/**
 * Puts a text on the clipboard and says how that went: a failure with its reason, success where WeChat has
 * no notice of its own. Whether it is there.
 */
export async function copyText(
  text: string,
  language: Language,
  notice?: string,
): Promise<boolean> {
  const t = translatorFor(language);
  const done = await wxCall(() => Taro.setClipboardData({ data: text }));
  if (!done.ok) {
    toast(t('common.copyFailed', { reason: reasonText(done.failure.code, language) }));
  } else if (process.env.TARO_ENV !== 'weapp') {
    toast(notice ?? t('common.copied'));
  }
  return done.ok;
}

/** WeChat refuses to hide a keyboard that is not there: no error. */
export function hideKeyboard(): void {
  if (process.env.TARO_ENV === 'weapp') void wxCall(() => Taro.hideKeyboard());
}

type Modal = Taro.showModal.Option;

/**
 * WeChat refuses a dialog whose button has too long a text (four Chinese characters). The question is worth
 * more than its buttons, so it is asked again with WeChat's own.
 */
async function askModal(modal: Modal): Promise<WxOutcome<Taro.showModal.SuccessCallbackResult>> {
  const answer = await wxAsk(() => Taro.showModal(modal));
  if (answer.ok || answer.failure.kind !== 'failed') return answer;
  const { title, content, showCancel = true } = modal;
  return await wxAsk(() => Taro.showModal({ title, content, showCancel }));
}
