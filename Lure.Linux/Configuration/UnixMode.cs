namespace Lure.Linux.Configuration;

/// <summary>Permission bits of a unix socket's path, written in octal as for chmod(1).</summary>
internal static class UnixMode
{
    /// <summary>
    /// 0660: to connect takes write permission (unix(7)), so a client has to be of the owner's
    /// group. 0666 would open a database to every account of the host, 0600 would let no service
    /// in that has an account of its own.
    /// </summary>
    public const int Default = 0b110_110_000;

    private const int BitsPerDigit = 3;

    public static bool TryParse(string text, out int mode, out Fault fault)
    {
        mode = 0;
        bool valid = text.Length is 3 || (text.Length is 4 && text[0] == '0');
        foreach (char digit in text)
        {
            valid &= digit is >= '0' and <= '7';
            mode = (mode << BitsPerDigit) | (digit & 7);
        }

        mode = valid ? mode : Default;
        fault = valid
            ? default
            : new Fault(ErrorId.BadMode, $"bad mode \"{text}\"", "three octal digits, as in \"0660\"");
        return valid;
    }
}
