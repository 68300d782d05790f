import Taro from '@tarojs/taro';
import type { Language } from '@/i18n';
import { hostOf } from '@/stores/messages/kinds/text-marks';
import type { MarkedText } from '@/stores/messages/kinds/text-parts';
import { choose, copyText, tellFailure } from '../page/dialogs';
import { wxCall } from '../page/wx-call';
import { messageTexts, type MessageTextKey } from './texts';

interface MarkAction {
  readonly text: MessageTextKey;
  readonly run: () => Promise<unknown>;
}

/** Longest host that is shown. The end of a longer host is shown, which names its owner. */
const HOST_LENGTH = 40;

/**
 * Asks what to do with a link, a phone number or a mail address. A mini-program cannot open pages outside of WeChat,
 * so a link is copied there; a browser opens the link in a new tab that does not know this page.
 */
export async function openMark(mark: MarkedText, language: Language): Promise<void> {
  const t = messageTexts(language);
  const host = hostOf(mark.text);
  const shown = {
    host: host.length > HOST_LENGTH ? `…${host.slice(-HOST_LENGTH)}` : host,
    number: mark.text,
  };
  const action = await choose(actionsFor(mark, language), ({ text }) => t(text, shown), language);
  await action?.run();
}

function actionsFor({ type, text }: MarkedText, language: Language): readonly MarkAction[] {
  const copy = () => copyText(text, language);
  switch (type) {
    case 'link': {
      const copyLink: MarkAction = { text: 'copyLink', run: copy };
      if (process.env.TARO_ENV === 'weapp') return [copyLink];
      return [{ text: 'openLink', run: () => open(text, language) }, copyLink];
    }
    case 'phone':
      return [
        { text: 'callNumber', run: () => call(text, language) },
        { text: 'copyNumber', run: copy },
      ];
    case 'mail':
      return [{ text: 'copyMail', run: copy }];
    case 'mention':
      return [];
  }
}

async function open(link: string, language: Language): Promise<void> {
  const url = /^https?:\/\//i.test(link) ? link : `http://${link}`;
  const opened = await wxCall(() => window.open(url, '_blank', 'noopener,noreferrer'));
  if (!opened.ok) tellFailure(opened.failure, language);
}

async function call(number: string, language: Language): Promise<void> {
  const phoneNumber = number.replace(/[ -]/g, '');
  const called = await wxCall(() => Taro.makePhoneCall({ phoneNumber }));
  if (!called.ok) tellFailure(called.failure, language);
}
