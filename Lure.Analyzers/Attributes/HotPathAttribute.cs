using System;

namespace Lure.Analyzers;

/// <summary>
/// Code that runs for every event: it allocates nothing, and the LURE rules hold it to that at compile time.
/// </summary>
/// <remarks>
/// On a type it covers all that is declared inside, constructors and field initialisers included; on a
/// property both accessors. Local functions and lambdas belong to the member around them. It is not
/// inherited: a derived type or an implementation says for itself that it is hot.
/// </remarks>
[AttributeUsage(
    AttributeTargets.Method
        | AttributeTargets.Constructor
        | AttributeTargets.Property
        | AttributeTargets.Struct
        | AttributeTargets.Class
        | AttributeTargets.Interface,
    Inherited = false
)]
public sealed class HotPathAttribute : Attribute;
