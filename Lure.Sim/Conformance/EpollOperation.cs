namespace Lure.Sim.Conformance;

/// <summary>What epoll_ctl(2) does; the values are EPOLL_CTL_ADD, DEL, MOD.</summary>
public enum EpollOperation
{
    None = 0,
    Add = 1,
    Remove = 2,
    Modify = 3,
}
