import Taro from '@tarojs/taro';
import { buttonColours, tellFailure, toast } from './dialogs';
import { wxAsk } from './wx-call';
import { appTexts, type Language } from '@/i18n';

export interface TextQuestion {
  readonly title: string;
  readonly hint?: string;
  readonly initial?: string;
  /** Returns why the typed text is refused; null when it is accepted. */
  readonly problemOf?: (typed: string) => string | null;
}

/**
 * Asks for a line of text in WeChat's dialog. Resolves to the text without spaces around it; null when the user
 * cancelled, and after a failure or a refused text, which is shown.
 */
export async function askText(question: TextQuestion, language: Language): Promise<string | null> {
  const typed =
    process.env.TARO_ENV === 'weapp' ? await inWeChat(question, language) : inBrowser(question);
  if (typed === null) return null;
  const text = typed.trim();
  const problem = question.problemOf?.(text) ?? null;
  if (problem === null) return text;
  toast(problem);
  return null;
}

/** WeChat shows `content` as the text of the field when the dialog is editable. */
async function inWeChat(
  { title, hint = '', initial = '' }: TextQuestion,
  language: Language,
): Promise<string | null> {
  const t = appTexts(language);
  const answer = await wxAsk(() =>
    Taro.showModal({
      ...buttonColours(),
      title,
      content: initial,
      editable: true,
      placeholderText: hint,
      confirmText: t('common.ok'),
      cancelText: t('common.cancel'),
    } as Taro.showModal.Option),
  );
  if (!answer.ok) {
    tellFailure(answer.failure, language);
    return null;
  }
  const { confirm, content = '' } = answer.value as { confirm: boolean; content?: string | null };
  return confirm ? (content ?? '') : null;
}

function inBrowser({ title, initial = '' }: TextQuestion): string | null {
  return globalThis.prompt(title, initial);
}
