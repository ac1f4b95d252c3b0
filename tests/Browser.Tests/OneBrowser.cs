namespace Apc.Browser.Tests;

/// <summary>One host for all tests, which run one after the other: a browser has one clipboard.</summary>
[CollectionDefinition(nameof(OneBrowser))]
public sealed class OneBrowser : ICollectionFixture<PlaygroundHost>;
