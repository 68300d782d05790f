import Taro from '@tarojs/taro';
import { type Language, appTexts } from '@/i18n';
import theme from '@/theme.json';
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

/** Shows a line on the screen for 2.5 s. */
export function toast(title: string): void {
  void wxCall(() => Taro.showToast({ title, icon: 'none', duration: TOAST_MS }));
}

/**
 * Shows why a call to WeChat failed; nothing when the user cancelled it. WeChat asks for a permission once: after a
 * refusal the settings are the only way back, and are offered.
 */
export function tellFailure(failure: WxFailure, language: Language): void {
  if (failure.kind === 'cancelled') return;
  if (failure.kind === 'denied' && process.env.TARO_ENV === 'weapp')
    void offerSettings({ content: reasonText(failure.code, language) }, language);
  else toast(reasonText(failure.code, language));
}

/**
 * Explains a refused permission and opens the settings of the mini-program. Resolves to whether the user has been
 * there: the user taps again afterwards, because WeChat opens a picker only in the turn of a tap.
 */
export async function offerSettings(
  question: Pick<Question, 'title' | 'content'>,
  language: Language,
): Promise<boolean> {
  const t = appTexts(language);
  const isWanted = await confirm({
    ...question,
    confirmText: t('common.settings'),
    cancelText: t('common.cancel'),
  });
  if (!isWanted || process.env.TARO_ENV !== 'weapp') return false;
  const opened = await wxAsk(() => Taro.openSetting());
  if (!opened.ok && opened.failure.kind !== 'cancelled')
    toast(reasonText(opened.failure.code, language));
  return opened.ok;
}

/** Shows WeChat's dialog with two buttons. Resolves to whether the user confirmed. */
export async function confirm(question: Question): Promise<boolean> {
  const { title = '', content = '', confirmText, cancelText } = question;
  const answer = await askModal({ title, content, confirmText, cancelText });
  return answer.ok && answer.value.confirm;
}

/** Shows WeChat's dialog with one button. */
export async function inform(title: string, content: string, confirmText?: string): Promise<void> {
  await askModal({
    title,
    content,
    showCancel: false,
    ...(confirmText === undefined ? {} : { confirmText }),
  });
}

/**
 * Lets the user choose from WeChat's own sheet, which has six lines at most. Resolves to undefined when the
 * user tapped elsewhere, and after a failure, which is shown.
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
 * Copies a text to the clipboard and shows the result: a failure with its reason, success only where WeChat
 * shows no notice of its own. Resolves to whether the text was copied.
 */
export async function copyText(
  text: string,
  language: Language,
  notice?: string,
): Promise<boolean> {
  const t = appTexts(language);
  const done = await wxCall(() => Taro.setClipboardData({ data: text }));
  if (!done.ok) {
    toast(t('common.copyFailed', { reason: reasonText(done.failure.code, language) }));
  } else if (process.env.TARO_ENV !== 'weapp') {
    toast(notice ?? t('common.copied'));
  }
  return done.ok;
}

/** WeChat refuses to hide a keyboard that is not shown; this is no error. */
export function hideKeyboard(): void {
  if (process.env.TARO_ENV === 'weapp') void wxCall(() => Taro.hideKeyboard());
}

type Modal = Taro.showModal.Option;

/**
 * WeChat refuses a dialog whose button text is longer than four Chinese characters. The question matters more
 * than its buttons, so it is shown again with WeChat's default buttons.
 */
/** Taro's own green in a browser has a contrast of 2.3 to the white of its dialog, which is dark as the system is. */
export function buttonColours(): Pick<Modal, 'confirmColor'> {
  if (process.env.TARO_ENV !== 'h5') return {};
  const isDark = globalThis.matchMedia('(prefers-color-scheme: dark)').matches;
  return { confirmColor: theme[isDark ? 'dark' : 'light'].tabSelected };
}

async function askModal(modal: Modal): Promise<WxOutcome<Taro.showModal.SuccessCallbackResult>> {
  const answer = await wxAsk(() => Taro.showModal({ ...buttonColours(), ...modal }));
  if (answer.ok || answer.failure.kind !== 'failed') return answer;
  const { title, content, showCancel = true } = modal;
  return await wxAsk(() => Taro.showModal({ title, content, showCancel }));
}
