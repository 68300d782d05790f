import Taro from '@tarojs/taro';
import type { Language } from '@/i18n';
import { isRemote } from '@/sdk/media-urls';
import { tellFailure, toast } from '../page/dialogs';
import { wxAsk, wxCall, type WxOutcome } from '../page/wx-call';
import type { MediaItem } from './media-item';
import { mediaTexts } from './texts';

type Saved = Pick<MediaItem, 'kind' | 'url'>;

/** Puts a picture or a video into the album of the phone, in a browser into its downloads, and says the result. */
export async function saveMedia(media: Saved, language: Language): Promise<void> {
  if (process.env.TARO_ENV === 'weapp') await saveToAlbum(media, language);
  else await saveInBrowser(media, language);
}

async function saveToAlbum({ kind, url }: Saved, language: Language): Promise<void> {
  const t = mediaTexts(language);
  const filePath = isRemote(url) ? await downloaded(url, language) : url;
  if (!filePath) return;
  // The user answers WeChat's question, so there is no time limit.
  const saved: WxOutcome<unknown> =
    kind === 'image'
      ? await wxAsk(() => Taro.saveImageToPhotosAlbum({ filePath }))
      : await wxAsk(() => Taro.saveVideoToPhotosAlbum({ filePath }));
  if (saved.ok) toast(t('saved'));
  else tellFailure(saved.failure, language);
}

/** The path of the downloaded file; undefined after a failure, which is shown. */
async function downloaded(url: string, language: Language): Promise<string | undefined> {
  const t = mediaTexts(language);
  void wxCall(() => Taro.showLoading({ title: t('saving'), mask: true }));
  // WeChat itself ends a download after 60 s.
  const answer = await wxAsk(() => Taro.downloadFile({ url }));
  await wxCall(() => Taro.hideLoading());
  if (!answer.ok) tellFailure(answer.failure, language);
  else if (answer.value.statusCode === 200) return answer.value.tempFilePath;
  else toast(t('gone'));
  return undefined;
}

async function saveInBrowser({ url }: Saved, language: Language): Promise<void> {
  const t = mediaTexts(language);
  const got = await wxAsk(async () => {
    const answer = await fetch(url);
    return answer.ok ? await answer.blob() : null;
  });
  if (!got.ok) {
    tellFailure(got.failure, language);
    return;
  }
  if (!got.value) {
    toast(t('gone'));
    return;
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(got.value);
  link.download =
    url
      .replace(/[?#].*$/s, '')
      .split('/')
      .pop() ?? '';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
  toast(t('savedFile'));
}
