import { choose, confirm, toast } from '@/components/page/dialogs';
import { routes } from '@/components/page/routes';
import { appTexts, type Language } from '@/i18n';
import { forwardRequests } from './forward';
import { type Forwarded, MOST_MESSAGES, obstacleOf, obstaclesOf, type Way } from './obstacles';
import { forwardTexts } from './texts';

interface Start {
  readonly conversationId: string;
  /** Oldest first. */
  readonly rows: readonly Forwarded[];
  readonly language: Language;
  readonly navigate: (url: string) => void;
  /** Runs when the messages were given to the outbox. */
  readonly onSent: () => void;
}

const WAYS: readonly Way[] = ['oneByOne', 'merged'];

/**
 * Opens the page that chooses where messages are forwarded to. Several messages are forwarded one by one or merged, and
 * messages that cannot be forwarded are said before.
 */
export async function startForward(start: Start): Promise<void> {
  const { conversationId, rows, language, navigate, onSent } = start;
  const t = forwardTexts(language);
  const way = rows.length > 1 ? await choose(WAYS, (one) => t(one), language) : 'oneByOne';
  if (!way) return;
  const left = rows.filter((row) => obstacleOf(row, way) === null);
  const said = [...obstaclesOf(rows, way)].map(([key, count]) => t(`left.${key}`, { count }));
  if (left.length === 0) {
    toast(t('left.none', { what: said.join(', ') }));
    return;
  }
  if (left.length > MOST_MESSAGES[way]) {
    toast(t('most.oneByOne', { count: MOST_MESSAGES[way] }));
    return;
  }
  const isSure =
    said.length === 0 ||
    (await confirm({
      title: t('left.title'),
      content: said.join('\n'),
      confirmText: t('left.goOn'),
      cancelText: appTexts(language)('common.cancel'),
    }));
  if (!isSure) return;
  forwardRequests.current = { conversationId, rows: left, way, onSent };
  navigate(routes.forward);
}
