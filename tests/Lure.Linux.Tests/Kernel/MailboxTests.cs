using System.Threading;
using Lure.Core.Kernel;
using Lure.Linux.Kernel;
using NUnit.Framework;

namespace Lure.Linux.Tests.Kernel;

internal sealed class MailboxTests
{
    [Test]
    public void It_holds_its_capacity_and_no_more()
    {
        using Mailbox mailbox = new();
        for (int post = 0; post < Mailbox.Capacity; post++)
        {
            Assert.That(mailbox.TryPost(new Command(CommandKind.Drain, post)), Is.True);
        }

        Assert.That(mailbox.TryPost(new Command(CommandKind.Stop, 0)), Is.False);
        Assert.That(mailbox.TryTake(out Command oldest), Is.True);
        Assert.That(oldest.Deadline, Is.Zero);
        Assert.That(mailbox.TryPost(new Command(CommandKind.Stop, 0)), Is.True, "there is room again");
    }

    [Test]
    public void Commands_come_out_in_order_and_whole_while_another_thread_posts()
    {
        const int Commands = 50_000;
        using Mailbox mailbox = new();
        Thread poster = new(() =>
        {
            for (int post = 1; post <= Commands; post++)
            {
                Command command = new(post % 2 == 0 ? CommandKind.Drain : CommandKind.Stop, post);
                while (!mailbox.TryPost(command))
                {
                    Thread.Yield();
                }
            }
        });
        poster.Start();

        int wrong = 0;
        for (int expected = 1; expected <= Commands; )
        {
            if (!mailbox.TryTake(out Command command))
            {
                Thread.Yield();
                continue;
            }

            bool whole = command.Kind == (expected % 2 == 0 ? CommandKind.Drain : CommandKind.Stop);
            wrong += whole && command.Deadline == expected ? 0 : 1;
            expected++;
        }

        poster.Join();
        Assert.That(wrong, Is.Zero);
    }
}
