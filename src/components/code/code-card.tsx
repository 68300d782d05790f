import { Image, ScrollView, View } from '@tarojs/components';
import { useMemo } from 'react';
import { saveMedia } from '@/components/media/save-media';
import { tellFailure } from '@/components/page/dialogs';
import { useStores } from '@/components/page/stores-context';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { codePicture } from './code-picture';
import { pictureFile } from './picture-file';
import { dataUrlOf } from './png';
import './code.scss';

interface CodeCardProps {
  /** The text of the code. */
  code: string;
  /** The account or the team, for the colour of a missing avatar. */
  id: string;
  name: string;
  note: string;
  avatar: string | undefined;
  /** The name of the code for a screen reader. */
  title: string;
  hint: string;
  saveText: string;
  /** The name of the saved picture. */
  fileName: string;
}

/** A QR code with its owner. WeChat's own menu of a long press on the picture sends and saves it. */
export function CodeCard(props: CodeCardProps) {
  const { code, id, name, note, avatar, title, hint, saveText, fileName } = props;
  const { language } = useStores().settings;
  const picture = useMemo(() => codePicture(code), [code]);
  const save = async () => {
    const file = await pictureFile(picture, fileName);
    if (!file.ok) return tellFailure(file.failure, language);
    const url = typeof file.value === 'string' ? file.value : URL.createObjectURL(file.value);
    await saveMedia({ kind: 'image', url }, language);
  };
  return (
    <ScrollView className="fill" scrollY>
      <View className="code-card">
        <View className="code-head">
          <Avatar accountId={id} name={name} url={avatar} />
          <View className="code-names">
            <View className="code-name">{name}</View>
            <View className="code-note">{note}</View>
          </View>
        </View>
        <Image
          className="code-picture"
          src={dataUrlOf(picture)}
          mode="aspectFit"
          showMenuByLongpress
          ariaLabel={title}
        />
        <View className="code-hint">{hint}</View>
      </View>
      <View className="code-save">
        <Button kind="quiet" onClick={() => void save()}>
          {saveText}
        </Button>
      </View>
    </ScrollView>
  );
}
