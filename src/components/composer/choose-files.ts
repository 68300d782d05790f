import Taro from '@tarojs/taro';
import type { Language } from '@/i18n';
import type { WxFailure } from '@/platform';
import type { OutgoingFile } from '@/stores';
import { oneLine } from '../format/one-line';
import { sizeText } from '../format/file-name';
import { MOST_BYTES, MOST_FILES } from '../media/limits';
import { inform, tellFailure } from '../page/dialogs';
import { wxAsk } from '../page/wx-call';
import { pickFiles } from './browser-media';
import { composerTexts } from './texts';

/**
 * Lets the user choose up to nine files, in WeChat from a conversation. The list is without files that are too
 * large or empty, which are named in a dialog; it is empty when the user cancels, and when WeChat refuses.
 */
export async function chooseFiles(language: Language): Promise<OutgoingFile[]> {
  const chosen =
    process.env.TARO_ENV === 'weapp' ? await chooseFromWeChat() : await chooseInBrowser();
  if (!Array.isArray(chosen)) {
    tellFailure(chosen, language);
    return [];
  }
  const refused = chosen.filter((each) => !isSendable(each));
  if (refused.length > 0) await tellRefused(refused, language);
  return chosen.filter(isSendable);
}

function isSendable({ size = 0 }: OutgoingFile): boolean {
  return size > 0 && size <= MOST_BYTES.file;
}

async function tellRefused(refused: readonly OutgoingFile[], language: Language): Promise<void> {
  const t = composerTexts(language);
  const names = refused.map(({ name = '' }) => oneLine(name)).join('\n');
  const title = t('filesRefused', { size: sizeText(MOST_BYTES.file) });
  await inform(title, names);
}

async function chooseFromWeChat(): Promise<OutgoingFile[] | WxFailure> {
  const picked = await wxAsk(() => Taro.chooseMessageFile({ count: MOST_FILES, type: 'all' }));
  if (!picked.ok) return picked.failure;
  return picked.value.tempFiles.map(({ path, name, size }) => ({
    kind: 'file',
    file: path,
    size,
    // The SDK refuses an empty name.
    ...(name ? { name } : {}),
  }));
}

async function chooseInBrowser(): Promise<OutgoingFile[]> {
  const files = (await pickFiles({ count: MOST_FILES })) ?? [];
  return files
    .slice(0, MOST_FILES)
    .map((file) => ({ kind: 'file', file, name: file.name, size: file.size }));
}
