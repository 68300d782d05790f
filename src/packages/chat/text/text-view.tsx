import { ScrollView, Text, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { messageTexts } from '@/components/message/texts';
import { useGoBack } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import './text.scss';

/** A text of which a part can be selected and copied with the system's menu. */
export const TextView = observer(function TextView() {
  const root = useStores();
  const t = useTexts(messageTexts);
  const goBack = useGoBack(routes.conversations, 'tab');
  const [text] = useState(() => root.textToSelect);
  // A browser that reloads the page has lost the text.
  useEffect(() => {
    if (!text) goBack();
  }, [text, goBack]);
  return (
    <ScrollView className="fill select-page" scrollY enhanced>
      <View className="select-hint">{t('selectHint')}</View>
      <Text className="select-text" userSelect>
        {text}
      </Text>
    </ScrollView>
  );
});
