using System;
using System.Buffers;

namespace Lure.Linux.Configuration;

/// <summary>
/// Names of listeners, backends and servers. They stand in log lines between spaces and slashes,
/// and a colon makes a server of a text: hence HAProxy's alphabet without the colon.
/// </summary>
internal static class Names
{
    private static readonly SearchValues<char> s_allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
    );

    public static bool IsValid(string name, out Fault fault)
    {
        bool valid = name.Length is > 0 and <= Limits.NameLengthMax && !name.AsSpan().ContainsAnyExcept(s_allowed);
        fault = valid
            ? default
            : new Fault(
                ErrorId.BadName,
                $"bad name \"{name}\"",
                $"1 to {Limits.NameLengthMax} of the letters a to z, digits, \"-\", \"_\" and \".\""
            );
        return valid;
    }
}
