namespace Lure.Linux.Configuration;

/// <summary>
/// The stable names of all that may be wrong with a configuration or a command line. An id is never
/// given a second meaning; docs/configuration.md tells each one's cause and cure.
/// </summary>
internal static class ErrorId
{
    public const string FileUnreadable = "E001";
    public const string NotUtf8 = "E002";
    public const string Syntax = "E003";
    public const string DefinedTwice = "E004";
    public const string UnknownKey = "E005";
    public const string WrongType = "E006";
    public const string BadTime = "E007";
    public const string OutOfRange = "E008";
    public const string UnknownValue = "E009";
    public const string MissingKey = "E010";
    public const string Empty = "E011";
    public const string NoListener = "E012";
    public const string BadName = "E013";
    public const string BadAddress = "E014";
    public const string BadPort = "E015";
    public const string PathTooLong = "E016";
    public const string NameUnresolved = "E017";
    public const string BadMode = "E018";
    public const string ModeWithoutPath = "E019";
    public const string UndefinedBackend = "E021";
    public const string UnusedBackend = "E022";
    public const string BackendNameTaken = "E023";
    public const string AddressTaken = "E024";
    public const string ServerNameTaken = "E025";
    public const string UnknownCommand = "E030";
    public const string UnknownFlag = "E031";
    public const string MissingArgument = "E032";
    public const string ExtraArgument = "E033";
    public const string Refused = "E050";
    public const string Internal = "E099";
}
