import { ScrollView, View } from '@tarojs/components';
import { useCallback } from 'react';
import { askText } from '@/components/page/ask-text';
import { confirm, toast } from '@/components/page/dialogs';
import { useGoBack } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { appTexts } from '@/i18n';
import { MOST_PHRASES, PHRASE_LENGTH, type Phrases } from '@/stores/chat/phrases';
import { chatTexts } from '../texts';
import { givePhrase } from './phrase-choice';
import './phrases.scss';

/** The phrases of the user: a tap writes a phrase into the chat that the user came from. */
export const PhrasesView = observer(function PhrasesView() {
  const { account } = useStores();
  return account && <List phrases={account.phrases} />;
});

const List = observer(function List({ phrases }: { phrases: Phrases }) {
  const { language } = useStores().settings;
  const t = useTexts(chatTexts);
  const add = useCallback(async () => {
    const phrase = await askText(
      {
        title: t('phrases.add'),
        problemOf: (typed) =>
          typed.length > PHRASE_LENGTH ? t('phrases.tooLong', { limit: PHRASE_LENGTH }) : null,
      },
      language,
    );
    if (phrase && !phrases.add(phrase)) toast(t('phrases.full', { limit: MOST_PHRASES }));
  }, [phrases, language, t]);
  const { list } = phrases;
  return (
    <>
      {list.length === 0 ? (
        <View className="fill">
          <EmptyState title={t('phrases.none')} hint={t('phrases.hint')} />
        </View>
      ) : (
        <ScrollView className="fill" scrollY enhanced>
          {list.map((phrase, at) => (
            <Row key={phrase} phrases={phrases} at={at} />
          ))}
        </ScrollView>
      )}
      <View className="ph-foot">
        <Button onClick={() => void add()}>{t('phrases.add')}</Button>
      </View>
    </>
  );
});

const Row = observer(function Row({ phrases, at }: { phrases: Phrases; at: number }) {
  const t = useTexts(chatTexts);
  const appT = useTexts(appTexts);
  const goBack = useGoBack(routes.conversations, 'tab');
  const phrase = phrases.list[at] ?? '';
  const choose = () => {
    givePhrase(phrase);
    goBack();
  };
  const remove = async () => {
    const isSure = await confirm({
      content: t('phrases.removeConfirm'),
      confirmText: appT('common.delete'),
      cancelText: appT('common.cancel'),
    });
    if (isSure) phrases.remove(phrase);
  };
  return (
    <View className="kept">
      <View className="kept-text" hoverClass="pressed" ariaRole="button" onClick={choose}>
        <View className="ph-text">{phrase}</View>
      </View>
      <View className="kept-off" ariaRole="button" onClick={() => void remove()}>
        {appT('common.delete')}
      </View>
    </View>
  );
});
