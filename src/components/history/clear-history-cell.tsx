import { appTexts } from '@/i18n';
import type { AccountStores } from '@/stores';
import { attempt } from '../page/attempt';
import { confirm, toast } from '../page/dialogs';
import { observer } from '../page/observer';
import { useStores } from '../page/stores-context';
import { useTexts } from '../page/use-texts';
import { Cell } from '../ui/cell';
import { clearHistoryTexts } from './texts';

interface ClearHistoryCellProps {
  account: AccountStores;
  conversationId: string;
}

/** Clears the history of a conversation after a question. */
export const ClearHistoryCell = observer(function ClearHistoryCell({
  account,
  conversationId,
}: ClearHistoryCellProps) {
  const { language } = useStores().settings;
  const t = useTexts(clearHistoryTexts);
  const appT = useTexts(appTexts);
  const ask = async () => {
    const isSure = await confirm({
      content: t('question'),
      confirmText: appT('common.ok'),
      cancelText: appT('common.cancel'),
    });
    if (!isSure) return;
    if (await attempt(() => account.messages.clearHistory(conversationId), language))
      toast(t('done'));
  };
  return <Cell title={t('clear')} onClick={() => void ask()} />;
});
