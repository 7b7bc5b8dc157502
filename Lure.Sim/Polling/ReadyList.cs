namespace Lure.Sim.Polling;

/// <summary>The items that may have something to say, in the order in which they became ready. Links live in the items.</summary>
internal sealed class ReadyList
{
    private EpollItem? _tail;

    public EpollItem? Head { get; private set; }

    public EpollItem? Tail => _tail;

    public void Append(EpollItem item)
    {
        item.IsReady = true;
        item.Previous = _tail;
        item.Next = null;
        if (_tail is null)
        {
            Head = item;
        }
        else
        {
            _tail.Next = item;
        }

        _tail = item;
    }

    public void Prepend(EpollItem item)
    {
        item.IsReady = true;
        item.Previous = null;
        item.Next = Head;
        if (Head is null)
        {
            _tail = item;
        }
        else
        {
            Head.Previous = item;
        }

        Head = item;
    }

    public void Remove(EpollItem item)
    {
        item.IsReady = false;
        if (item.Previous is null)
        {
            Head = item.Next;
        }
        else
        {
            item.Previous.Next = item.Next;
        }

        if (item.Next is null)
        {
            _tail = item.Previous;
        }
        else
        {
            item.Next.Previous = item.Previous;
        }

        item.Previous = null;
        item.Next = null;
    }
}
