namespace Lure.Sim.Conformance;

internal sealed partial class ScriptGenerator
{
    private void AddRandomStep()
    {
        int kind = _random.Below(100);
        if (kind < 56)
        {
            AddSocketStep();
        }
        else if (kind < 78)
        {
            if (Has(Traits.Epolls))
            {
                AddEpollStep();
            }
            else
            {
                Add(new Step(StepKind.Poll, AnySocket(), 0, 0, 0));
            }
        }
        else if (kind < 86)
        {
            AddLifeStep();
        }
        else if (kind < 93)
        {
            if (Has(Traits.Pipes))
            {
                AddPipeStep();
            }
        }
        else if (kind < 98)
        {
            AddOddStep();
        }
        else if (Has(Traits.Wild))
        {
            AddWildStep();
        }
    }

    private int AnySocket()
    {
        int socket = Pick(Thing.Socket);
        return socket < 0 ? PickAny() : socket;
    }

    private void AddSocketStep()
    {
        int socket = AnySocket();
        switch (_random.Below(20))
        {
            case 0 or 1 or 2 or 3 or 4 or 5:
                AddSend(socket);
                break;
            case 6 or 7 or 8 or 9 or 10 or 11:
                AddReceive(socket);
                break;
            case 12 or 13:
                Add(new Step(StepKind.Poll, socket, 0, 0, 0));
                break;
            case 14:
                Add(new Step(StepKind.ShutWr, socket, 0, 0, 0));
                break;
            case 15:
                Add(new Step(Chance(50) ? StepKind.ShutRd : StepKind.Shut, socket, 0, 0, 0));
                break;
            case 16:
                Add(new Step(StepKind.Close, socket, 0, 0, 0));
                break;
            case 17:
                Add(new Step(StepKind.Linger, socket, 0, LingerSeconds(), 0));
                break;
            case 18:
                Add(new Step(StepKind.Error, socket, 0, 0, 0));
                break;
            default:
                Add(new Step(StepKind.InQ, socket, 0, 0, 0));
                break;
        }
    }

    // A close that waits lets time pass, in which acknowledgements come that nobody sees but an epoll.
    private int LingerSeconds() =>
        Chance(80) ? 0
        : Chance(50) && !Has(Traits.Epolls) ? 1
        : -1;

    private void AddSend(int socket)
    {
        if (Has(Traits.Urgent) && Chance(25) && !IsUnix(socket))
        {
            AddUrgent(socket);
            return;
        }

        int size = SendSize();
        if (size == 0)
        {
            return;
        }

        if (Has(Traits.Vectors) && Chance(40) && size > 1)
        {
            int first = 1 + _random.Below(size - 1);
            Add(new Step(StepKind.WriteV, socket, 0, first, size - first));
            return;
        }

        Add(new Step(IsUnix(socket) && Chance(20) ? StepKind.Pass : StepKind.Send, socket, 0, size, 0));
    }

    private void AddUrgent(int socket)
    {
        switch (_random.Below(5))
        {
            case 0 or 1:
                Add(new Step(StepKind.Oob, socket, 0, 0, 0));
                break;
            case 2 or 3:
                Add(new Step(StepKind.RecvOob, socket, 0, 0, 0));
                break;
            default:
                Add(new Step(StepKind.Inline, socket, 0, _random.Below(2), 0));
                break;
        }
    }

    private void AddReceive(int socket)
    {
        int size = Chance(40) ? 100_000 : Size();
        StepKind kind = Chance(8) ? StepKind.Peek : StepKind.Recv;
        if (Has(Traits.Vectors) && Chance(40) && size > 1)
        {
            int first = 1 + _random.Below(size - 1);
            Add(new Step(StepKind.ReadV, socket, 0, first, size - first));
            return;
        }

        Add(new Step(kind, socket, 0, size, 0));
    }

    private void AddEpollStep()
    {
        int epoll = Pick(Thing.Epoll);
        int target = Chance(15) ? Pick(Thing.Listener) : AnySocket();
        if (Has(Traits.Pipes) && Chance(20))
        {
            target = Pick(Chance(50) ? Thing.ReadEnd : Thing.WriteEnd);
        }

        if (epoll < 0 || target < 0)
        {
            return;
        }

        switch (_random.Below(12))
        {
            case 0 or 1 or 2:
                Add(new Step(StepKind.Add, epoll, target, (int)RandomInterest(), 0));
                break;
            case 3:
                Add(new Step(StepKind.Mod, epoll, target, (int)RandomInterest(), 0));
                break;
            case 4:
                Add(new Step(StepKind.Del, epoll, target, 0, 0));
                break;
            default:
                Add(new Step(StepKind.Wait, epoll, 0, 1 + _random.Below(PackedEvents.Max), 0));
                break;
        }
    }

    private void AddLifeStep()
    {
        switch (_random.Below(10))
        {
            case 0 or 1 or 2:
                AddConnection();
                break;
            case 3 or 4 or 5:
                int listener = Pick(Thing.Listener);
                if (listener >= 0)
                {
                    AddAccept(listener);
                }

                break;
            case 6:
                AddListener();
                break;
            case 7:
                if (Has(Traits.Epolls))
                {
                    AddNew(StepKind.Epoll, Thing.Epoll);
                }

                break;
            case 8:
                Add(new Step(StepKind.Close, Pick(Thing.Listener) is >= 0 and int closed ? closed : 0, 0, 0, 0));
                break;
            default:
                AddDup();
                break;
        }
    }

    private void AddDup()
    {
        int source = PickAny();
        if (!Has(Traits.Dups) || _things[source] is Thing.None or Thing.Epoll)
        {
            return;
        }

        int name = NewName();
        if (name >= 0)
        {
            _things[name] = _things[source];
            _isUnix[name] = _isUnix[source];
            Add(new Step(StepKind.Dup, source, name, 0, 0));
        }
    }

    private void AddOddStep()
    {
        int socket = Chance(80) ? AnySocket() : PickAny();
        switch (_random.Below(6))
        {
            case 0:
                Add(new Step(StepKind.Peer, socket, 0, 0, 0));
                break;
            case 1:
                if (Has(Traits.LowWater))
                {
                    Add(new Step(Chance(50) ? StepKind.LoWat : StepKind.NotSent, socket, 0, Size(), 0));
                }

                break;
            case 2:
                int listener = Pick(Thing.Listener);
                Add(new Step(StepKind.Connect, socket, listener < 0 ? socket : listener, 0, 0));
                break;
            case 3:
                bool isUnix = Has(Traits.Unix);
                AddNew(isUnix ? StepKind.Unix : StepKind.Tcp, Thing.Socket);
                break;
            case 4:
                Add(new Step(StepKind.Poll, PickAny(), 0, 0, 0));
                break;
            default:
                Add(new Step(StepKind.OutQ, socket, 0, 0, 0));
                break;
        }
    }

    // Any call on anything: most are refused, and how they are is part of the contract.
    private void AddWildStep()
    {
        int any = PickAny();
        switch (_random.Below(8))
        {
            case 0:
                Add(new Step(StepKind.Listen, any, 0, _random.Below(3), 0));
                break;
            case 1:
                Add(new Step(StepKind.Bind, any, 0, 0, 0));
                break;
            case 2:
                Add(new Step(StepKind.Shut, any, 0, 0, 0));
                break;
            case 3:
                Add(new Step(StepKind.Recv, any, 0, Size(), 0));
                break;
            case 4:
                Add(new Step(StepKind.Send, any, 0, 1, 0));
                break;
            case 5:
                Add(new Step(StepKind.Close, any, 0, 0, 0));
                break;
            case 6:
                int name = NewName();
                if (name >= 0)
                {
                    _things[name] = Thing.Socket;
                    _isUnix[name] = _isUnix[any];
                    Add(new Step(StepKind.Accept, any, name, 0, 0));
                }

                break;
            default:
                Add(new Step(StepKind.Error, any, 0, 0, 0));
                break;
        }
    }
}
