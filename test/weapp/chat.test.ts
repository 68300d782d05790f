import { useWeapp } from './phone';

const stage = useWeapp();

describe('the built package chats', () => {
  it('receives, answers, shows the read mark, recalls, and re-edits', async () => {
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    const ben = await stage.other('ben');
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForNode({ className: 'conv-preview', text: '在吗' });
    await phone.host.waitFor(() => phone.host.tabBar[0]?.badge === '1', {
      what: 'the unread total on the tab',
    });

    await phone.openChat('本');
    // Screen readers read this attribute; Taro's own templates omit it (config/templates).
    await phone.host.waitForNode({ tag: 'textarea', ariaLabel: '发消息' });
    await phone.host.waitForNode({ tag: 'view', ariaLabel: '表情' });
    await phone.bubble('在吗');
    await ben.send('anna', '今天 🎉 上线');
    await phone.bubble('今天 🎉 上线');
    await phone.send('收到');
    await phone.host.waitFor(() => ben.received.some(({ text }) => text === '收到'), {
      what: 'the reply at ben',
    });
    expect(phone.bubbles()).toEqual(['在吗', '今天 🎉 上线', '收到']);
    await phone.host.waitFor(() => phone.host.page.find({ tag: 'textarea' }).value === '', {
      what: 'an empty composer',
    });

    const received = ben.received.find(({ text }) => text === '收到');
    if (!received) throw new Error('unreachable');
    await ben.nim.V2NIMMessageService.sendP2PMessageReceipt(received);
    await phone.host.waitForNode({ className: 'read' });

    (await phone.bubble('收到')).longPress();
    (await phone.host.waitForNode({ text: '撤回' })).tap();
    await phone.host.waitForNode({ className: 'note-text', text: /撤回了一条消息/ });
    await phone.host.waitFor(() => ben.recalled.includes(received.messageClientId), {
      what: 'the recall at ben',
    });
    expect(phone.bubbles()).toEqual(['在吗', '今天 🎉 上线']);
    (await phone.host.waitForNode({ className: 're-edit' })).tap();
    await phone.host.waitFor(() => phone.host.page.find({ tag: 'textarea' }).value === '收到', {
      what: 'the text back in the composer',
    });
  });

  it('pages 300 messages back, each once and in order', async () => {
    const start = Date.now() - 400 * 60_000;
    for (let i = 0; i < 320; i++) {
      const [from, to] = i % 3 ? ['ben', 'anna'] : ['anna', 'ben'];
      stage.emulator.world.sendMessage({
        from,
        to,
        text: `m${i}`,
        createTime: start + i * 60_000,
      } as never);
    }
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.openChat('本');
    await phone.bubble('m319');
    const seen = new Set<string>();
    for (let page = 0; page < 40 && !seen.has('m19'); page++) {
      const shown = phone.bubbles();
      const numbers = shown.map((text) => Number(text.slice(1)));
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      expect(new Set(shown).size).toBe(shown.length);
      for (const text of shown) seen.add(text);
      const oldest = shown[0];
      phone.host.page.find({ id: 'messages' }).scrollToUpper();
      await phone.host.waitFor(() => phone.bubbles()[0] !== oldest || seen.has('m19'), {
        what: `rows older than ${oldest}`,
      });
    }
    expect([...Array(300).keys()].every((i) => seen.has(`m${i + 20}`))).toBe(true);
  });

  it('marks a message that could not be sent, and sends it once when tapped', async () => {
    const ben = await stage.other('ben');
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.openChat('本');
    stage.emulator.faults.add({ kind: 'command', command: '30_1', code: 107323, times: 1 });
    await phone.send('太快了');
    (await phone.host.waitForNode({ className: 'failed' })).tap();
    await phone.host.waitFor(
      () =>
        phone.wx.ui.actionSheets.length > 0 ||
        phone.wx.ui.modals.length > 0 ||
        ben.received.length > 0,
      { what: 'the resend, or its confirmation' },
    );
    phone.wx.ui.modals[0]?.confirm();
    await phone.host.waitFor(() => ben.received.some(({ text }) => text === '太快了'), {
      what: 'the text at ben',
    });
    await phone.host.waitFor(() => !phone.host.page.has({ className: 'failed' }), {
      what: 'the failure mark to disappear',
    });
    expect(ben.received.filter(({ text }) => text === '太快了')).toHaveLength(1);
  });

  it('hides a chat, or deletes the chat with its history, as the dialog offers', async () => {
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    const choose = async (item: string) => {
      (await phone.host.waitForNode({ className: 'conv-name', text: '本' }))
        .closest('conv')
        ?.longPress();
      (await phone.host.waitForNode({ className: 'pm-item', text: item })).tap();
      const question = await phone.host.waitFor(() => phone.wx.ui.modal);
      question.confirm();
      await phone.host.waitFor(() => !phone.host.page.has({ className: 'conv-name' }), {
        what: 'the row to disappear',
      });
      return question.content;
    };

    expect(await choose('不显示该聊天')).toContain('聊天记录会保留');
    expect(stage.emulator.world.mailbox('anna').cleared).toEqual([]);
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '还在吗' });
    await phone.openChat('本');
    await phone.bubble('在吗');
    phone.host.back();
    expect(await choose('删除该聊天')).toContain('清空你所有设备上的聊天记录');
    expect(stage.emulator.world.mailbox('anna').cleared).toHaveLength(1);
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '新的' });
    await phone.openChat('本');
    await phone.bubble('新的');
    expect(phone.bubbles()).toEqual(['新的']);
  });

  it('sends one small setData for a received message, and none to a hidden page', async () => {
    const start = Date.now() - 200 * 60_000;
    for (let i = 0; i < 100; i++) {
      stage.emulator.world.sendMessage({
        from: 'ben',
        to: 'anna',
        text: `m${i}`,
        createTime: start + i * 60_000,
      });
    }
    const ben = await stage.other('ben');
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.openChat('本');
    await phone.bubble('m99');
    await ben.send('anna', 'before the count');
    await phone.bubble('before the count');
    phone.host.setData.keepJson = true;
    phone.host.setData.reset();
    await ben.send('anna', 'twenty characters ok');
    await phone.bubble('twenty characters ok');
    const { bytes, hiddenCalls, log } = phone.host.setData.snapshot();
    const carrying = log.filter(({ json }) => json.includes('twenty characters ok'));
    expect(carrying.map(({ visible }) => visible)).toEqual([true]);
    // The sum of all setData, with the scroll position that follows the end.
    expect(bytes).toBeLessThanOrEqual(800);
    expect(hiddenCalls).toBe(0);
  });
});
